#include "gateway/pipeline/refusal_row.h"

#include <google/protobuf/descriptor.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gateway/pipeline/exchange.h"
#include "gateway/transcoding/reasons.h"
#include "services/common/base/id.h"
#include "services/common/error/error.h"
#include "services/common/rpc/timestamp.h"

namespace bitrade::gateway {
namespace {

constexpr char kForeignPage[] = "FOREIGN_PAGE";

bool IsDenial(const absl::Status& refusal) {
  switch (refusal.code()) {
    case absl::StatusCode::kUnauthenticated:
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kNotFound:
      return true;
    default:
      return ReasonOf(refusal) == kRateLimited.name;
  }
}

// A process that is not of this version may refuse without a reason.
std::string NameOf(const absl::Status& refusal) {
  const std::string reason = ReasonOf(refusal);
  return reason.empty() ? absl::StatusCodeToString(refusal.code()) : reason;
}

void AddIds(absl::string_view path, identity::v1::Refusal& row) {
  for (const absl::string_view segment : absl::StrSplit(path, '/')) {
    if (IsUuid(segment)) row.add_object_ids(std::string(segment));
  }
}

}  // namespace

bool IsToBeTold(const Exchange& exchange, const absl::Status& refusal) {
  if (exchange.route() == nullptr) return false;
  if (exchange.from_foreign_page) return true;
  return !exchange.session.person_id().empty() && IsDenial(refusal);
}

identity::v1::Refusal RefusalRowOf(const Exchange& exchange, const absl::Status& refusal) {
  const Route& route = *exchange.route();
  const v1::StoredSession& session = exchange.session;
  identity::v1::Refusal row;
  rpc::SetTime(exchange.now(), *row.mutable_time());
  row.set_rpc(absl::StrCat(route.method->service()->full_name(), "/", route.method->name()));
  row.set_route(absl::StrCat(route.verb, " ", route.path.text()));
  row.set_reason(NameOf(refusal));
  row.set_person_id(session.person_id());
  row.set_acting_for(session.acting_for());
  row.set_session_id(session.session_id());
  row.set_method(session.method());
  row.set_request_id(exchange.request_id());
  row.set_address(exchange.request().peer_address);
  AddIds(exchange.request().path, row);
  if (exchange.from_foreign_page) row.set_why(kForeignPage);
  return row;
}

}  // namespace bitrade::gateway
