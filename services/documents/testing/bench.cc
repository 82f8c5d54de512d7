#include "services/documents/testing/bench.h"

#include <any>
#include <stdexcept>
#include <utility>

#include "migrations/access_schema.h"
#include "migrations/common_schema.h"
#include "migrations/documents_schema.h"
#include "services/common/crypto/digest.h"
#include "services/common/rpc/service_main.h"
#include "services/documents/content/download.h"

namespace bitrade::documents::testing {
namespace {

using Answered = absl::StatusOr<std::optional<v1::Document>>;

rpc::Policy ReachingTheAgency() {
  return {{},
          {{.name = "test",
            .principals = {"spiffe://bitrade.local/case-system/test"},
            .paths = {"*"},
            .reach = rpc::Reach{.authorities = {"MIGRATION_AGENCY"}, .categories = {"*"}}}}};
}

}  // namespace

std::string Pdf(size_t size) {
  std::string content = "%PDF-1.7\n";
  while (content.size() < size) content.push_back(static_cast<char>(content.size() * 7 / 3));
  content.resize(size);
  return content;
}

v1::CommunicateDescription Described(const std::string& source_id, const std::string& content) {
  v1::CommunicateDescription description;
  description.set_source_id(source_id);
  description.set_appointment_id(kAppointment);
  description.set_title("Beslut om Amina");
  description.set_file_name("Beslut Amina.pdf");
  description.set_media_type("application/pdf");
  description.set_size(static_cast<int64_t>(content.size()));
  description.set_sha256(crypto::Sha256Hex(content));
  return description;
}

access::AppointmentFacts Facts() {
  return {.appointment_id = kAppointment,
          .counsel_id = kCounsel,
          .matter_id = kMatter,
          .version = 1,
          .digital = true,
          .visible_until = kNow + absl::Hours(24),
          .released = std::nullopt,
          .authority = "MIGRATION_AGENCY",
          .category = "ASYLUM_ADULT"};
}

void Bench::LetDelegate(const std::vector<std::string>& scopes) {
  const absl::Status stored =
      database.connection().Transact([&](postgres::Transaction& tx) -> absl::Status {
        access::Store(tx, access::DelegationFacts{.delegation_id = kDelegation,
                                                  .principal_id = kCounsel,
                                                  .delegate_id = kDelegate,
                                                  .scopes = scopes,
                                                  .valid_from = kNow - absl::Hours(1),
                                                  .valid_until = kNow + absl::Hours(12),
                                                  .active = true,
                                                  .version = ++delegated_});
        return absl::OkStatus();
      });
  if (!stored.ok()) throw std::runtime_error(stored.ToString());
}

Bench::Bench()
    : database(rpc::PlanOf({common_schema(), access_schema(), documents_schema()})),
      policy(ReachingTheAgency(), "bitrade.local"),
      tickets_(crypto::Verifier({})),
      admission_(tickets_, "bitrade.local"),
      read_log_(database.conninfo()),
      executor_(database.conninfo(), {.threads = 2, .max_wait = absl::Minutes(1)}),
      parts_{clock, ids_, executor_, read_log_, keyring, admission_, metrics_, AskerOfMap()} {
  OwnerSays(Facts());
}

rpc::Asker Bench::AskerOfMap() {
  return {.ask =
              [this](const rpc::Outgoing& /*outgoing*/, const std::string& key,
                     const std::function<void(absl::StatusOr<std::any>)>& done) {
                if (owner_is_away_) return done(absl::UnavailableError("away"));
                const auto found = owner_.find(access::QuestionOf(key).subject);
                done(found == owner_.end() ? std::any() : std::any(found->second));
              },
          .apply = [](postgres::Transaction& tx, const std::any& learnt) -> absl::Status {
            if (const auto* facts = std::any_cast<access::AppointmentFacts>(&learnt)) {
              access::Store(tx, *facts);
            }
            return absl::OkStatus();
          }};
}

std::shared_ptr<rpc::Call> Bench::NewCall(rpc::Caller caller) {
  return std::make_shared<rpc::Call>(parts_, context_, rpc::MethodOf<v1::CommunicateRequest>(),
                                     std::move(caller));
}

absl::Status Bench::Outcome(rpc::Call& call, rpc::Call::Work work) {
  std::promise<absl::Status> outcome;
  call.Run(
      [work = std::move(work)](postgres::Connection& connection) {
        return rpc::Guarded([&] { return work(connection); });
      },
      [&outcome](absl::Status status) { outcome.set_value(std::move(status)); });
  return outcome.get_future().get();
}

Answered Bench::Send(Upload& upload, v1::CommunicateRequest message) {
  ASSIGN_OR_RETURN(const bool stores, upload.Take(message));
  if (!stores) return std::nullopt;
  return Change<std::optional<v1::Document>>(
      [&upload](rpc::Changing& changing) { return upload.Store(changing); });
}

Answered Bench::Describe(Upload& upload, const v1::CommunicateDescription& description) {
  v1::CommunicateRequest message;
  *message.mutable_description() = description;
  return Send(upload, std::move(message));
}

Answered Bench::SendData(Upload& upload, absl::string_view data) {
  v1::CommunicateRequest message;
  message.set_data(std::string(data));
  return Send(upload, std::move(message));
}

absl::StatusOr<v1::Document> Bench::Close(Upload& upload) {
  return Change<v1::Document>(
      [&upload](rpc::Changing& changing) { return upload.Close(changing); });
}

absl::StatusOr<v1::Document> Bench::Communicate(const v1::CommunicateDescription& description,
                                                const std::string& content, size_t piece) {
  Upload upload(documents, contents, policy);
  ASSIGN_OR_RETURN(const std::optional<v1::Document> first, Describe(upload, description));
  if (first) return *first;
  for (size_t at = 0; at < content.size(); at += piece) {
    const auto sent = SendData(upload, absl::string_view(content).substr(at, piece));
    if (!sent.ok()) return sent.status();
  }
  return Close(upload);
}

absl::StatusOr<std::string> Bench::Download(const std::string& counsel, const std::string& id,
                                            int64_t offset, int64_t length) {
  v1::DownloadRequest request;
  request.set_document_id(id);
  request.set_offset(offset);
  request.set_length(length);
  documents::Download download(documents, contents, request);
  RETURN_IF_ERROR(Read(counsel, [&](rpc::Reading& reading) { return download.Open(reading); }));
  std::string content;
  for (bool more = true; more;) {
    v1::DownloadResponse message;
    RETURN_IF_ERROR(Read(counsel, [&](rpc::Reading& reading) -> absl::Status {
      ASSIGN_OR_RETURN(more, download.Next(reading, message));
      return absl::OkStatus();
    }));
    content += message.data();
  }
  return content;
}

}  // namespace bitrade::documents::testing
