// documents on a database of its own, for tests of what its use cases do there: calls run on the
// executor as any call's work does, and "appointments" answers from a map.
#pragma once

#include <grpcpp/server_context.h>

#include <future>
#include <map>
#include <memory>
#include <string>

#include "bitrade/documents/v1/document_agency_service.pb.h"
#include "services/common/access/projection.h"
#include "services/common/rpc/guard.h"
#include "services/common/rpc/policy_file.h"
#include "services/common/rpc/rpc.h"
#include "services/common/testing/database.h"
#include "services/common/testing/fakes.h"
#include "services/documents/communications/upload.h"
#include "services/documents/content/store.h"
#include "services/documents/disposals/store.h"
#include "services/documents/documents/store.h"

namespace bitrade::documents::testing {

inline const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);
inline const std::string kCounsel = "00000000-0000-7000-8000-0000000000c1";
inline const std::string kStranger = "00000000-0000-7000-8000-0000000000c2";
inline const std::string kDelegate = "00000000-0000-7000-8000-0000000000d1";
inline const std::string kDelegation = "00000000-0000-7000-8000-0000000000d2";
inline const std::string kMatter = "00000000-0000-7000-8000-0000000000b1";
inline const std::string kAppointment = "00000000-0000-7000-8000-0000000000a1";

// Returns `size` bytes that begin like a PDF and are the same each time.
std::string Pdf(size_t size);

// Returns a description of `content` for kAppointment.
v1::CommunicateDescription Described(const std::string& source_id, const std::string& content);

// The facts of kAppointment: kCounsel's, digital, visible for a day.
access::AppointmentFacts Facts();

class Bench {
 public:
  Bench();

  // What appointments says when it is asked.
  void OwnerSays(const access::AppointmentFacts& facts) { owner_[facts.appointment_id] = facts; }

  // From now on appointments does not answer.
  void OwnerGoesAway() { owner_is_away_ = true; }

  // From now on, for twelve hours, kCounsel lets kDelegate do this; none of it takes it back.
  void LetDelegate(const std::vector<std::string>& scopes);

  // Runs `use_case(reading)` as `counsel`'s call.
  template <typename UseCase>
  absl::Status Read(const std::string& counsel, UseCase use_case) {
    const auto call = NewCall({.process = "gateway", .acting_for = counsel});
    return Outcome(*call, [&](postgres::Connection& connection) {
      return connection.Read([&](postgres::Transaction& tx) -> absl::Status {
        rpc::Reading reading(*call, tx);
        return use_case(reading);
      });
    });
  }

  // Runs `use_case(changing)`, which returns a StatusOr, as a case system's call.
  template <typename Response, typename UseCase>
  absl::StatusOr<Response> Change(UseCase use_case) {
    const auto call = NewCall({.process = "case-system/test"});
    Response response{};
    const absl::Status status = Outcome(*call, [&](postgres::Connection& connection) {
      return connection.Transact([&](postgres::Transaction& tx) -> absl::Status {
        rpc::Changing changing(*call, tx);
        ASSIGN_OR_RETURN(response, use_case(changing));
        return absl::OkStatus();
      });
    });
    if (!status.ok()) return status;
    return response;
  }

  // Communicates `content` in pieces of `piece` bytes, as the stream does.
  absl::StatusOr<v1::Document> Communicate(const v1::CommunicateDescription& description,
                                           const std::string& content, size_t piece);
  // Sends one message of `upload`; an answer ends it.
  absl::StatusOr<std::optional<v1::Document>> Send(Upload& upload, v1::CommunicateRequest message);
  absl::StatusOr<std::optional<v1::Document>> Describe(
      Upload& upload, const v1::CommunicateDescription& description);
  absl::StatusOr<std::optional<v1::Document>> SendData(Upload& upload, absl::string_view data);
  absl::StatusOr<v1::Document> Close(Upload& upload);

  // Downloads `length` bytes from `offset` as `counsel` does.
  absl::StatusOr<std::string> Download(const std::string& counsel, const std::string& id,
                                       int64_t offset = 0, int64_t length = 0);

  // How use cases ask "appointments".
  rpc::Asker AskerOfMap();

  int64_t Count(const std::string& sql) { return database.Run(sql)[0][0].as<int64_t>(); }

  bitrade::testing::Database database;
  bitrade::testing::FakeClock clock{kNow};
  crypto::Keyring keyring{{{"k1", std::string(32, 'k')}}};
  DocumentStore documents{keyring};
  ContentStore contents;
  DisposalStore disposals;
  // Whoever communicates here may do so in matters of MIGRATION_AGENCY.
  rpc::PolicyFile policy;

 private:
  std::shared_ptr<rpc::Call> NewCall(rpc::Caller caller);
  static absl::Status Outcome(rpc::Call& call, rpc::Call::Work work);

  std::map<std::string, access::AppointmentFacts> owner_;
  bool owner_is_away_ = false;
  int64_t delegated_ = 0;  // how often the counsel's leave has changed
  bitrade::testing::FakeIds ids_;
  rpc::TicketVerifier tickets_;
  rpc::Admission admission_;
  rpc::Metrics metrics_;
  audit::ReadLog read_log_;
  postgres::Executor executor_;
  rpc::Parts parts_;
  grpc::CallbackServerContext context_;
};

}  // namespace bitrade::documents::testing
