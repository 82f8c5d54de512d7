#include "services/identity/refusals/service.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/common/base/id.h"
#include "services/common/base/status_macros.h"
#include "services/common/rpc/timestamp.h"
#include "services/identity/refusals/store.h"

namespace bitrade::identity {
namespace {

constexpr int kMostRefusals = 500;
constexpr int kMostObjects = 20;
constexpr size_t kLongestText = 300;

bool IsUuidOrNone(const std::string& text) { return text.empty() || IsUuid(text); }

bool HasIds(const v1::Refusal& refusal) {
  return IsUuidOrNone(refusal.person_id()) && IsUuidOrNone(refusal.acting_for()) &&
         IsUuidOrNone(refusal.session_id()) && IsUuidOrNone(refusal.request_id()) &&
         refusal.object_ids_size() <= kMostObjects &&
         std::all_of(refusal.object_ids().begin(), refusal.object_ids().end(), &IsUuid);
}

bool HasTexts(const v1::Refusal& refusal) {
  const std::string* const texts[] = {&refusal.rpc(),    &refusal.route(),   &refusal.reason(),
                                      &refusal.method(), &refusal.address(), &refusal.why()};
  return !refusal.rpc().empty() && !refusal.reason().empty() && refusal.count() >= 1 &&
         std::all_of(std::begin(texts), std::end(texts),
                     [](const std::string* text) { return text->size() <= kLongestText; });
}

absl::Status Check(const v1::RecordRefusalsRequest& request) {
  Violations violations;
  if (!IsUuid(request.batch_id())) violations.Add("batch_id", "MALFORMED", "a UUID");
  if (request.refusals().empty() || request.refusals_size() > kMostRefusals) {
    violations.Add("refusals", "OUT_OF_RANGE", "1 to 500");
  }
  for (int i = 0; i < request.refusals_size(); ++i) {
    const v1::Refusal& refusal = request.refusals(i);
    if (HasIds(refusal) && HasTexts(refusal) && refusal.has_time()) continue;
    violations.Add(absl::StrCat("refusals[", i, "]"), "MALFORMED", "as the contract says");
  }
  return violations.ToStatus();
}

Refusal FromProto(const v1::Refusal& refusal) {
  return {.time = rpc::ReadTime(refusal.time()),
          .rpc = refusal.rpc(),
          .route = refusal.route(),
          .reason = refusal.reason(),
          .person = refusal.person_id(),
          .acting_for = refusal.acting_for(),
          .session = refusal.session_id(),
          .method = refusal.method(),
          .request_id = refusal.request_id(),
          .address = refusal.address(),
          .object_ids = {refusal.object_ids().begin(), refusal.object_ids().end()},
          .count = refusal.count(),
          .why = refusal.why()};
}

absl::StatusOr<v1::RecordRefusalsResponse> Record(rpc::Changing& changing,
                                                  const v1::RecordRefusalsRequest& request) {
  RETURN_IF_ERROR(Check(request));
  return changing.Once<v1::RecordRefusalsResponse>(
      request.batch_id(), request, [&]() -> absl::StatusOr<v1::RecordRefusalsResponse> {
        std::vector<Refusal> refusals;
        for (const v1::Refusal& refusal : request.refusals()) {
          refusals.push_back(FromProto(refusal));
        }
        AppendRefusals(changing.tx(), refusals);
        return v1::RecordRefusalsResponse();
      });
}

}  // namespace

grpc::ServerUnaryReactor* RefusalService::RecordRefusals(grpc::CallbackServerContext* context,
                                                         const v1::RecordRefusalsRequest* request,
                                                         v1::RecordRefusalsResponse* response) {
  return rpc_.Change(*context, *request, *response, &Record);
}

}  // namespace bitrade::identity
