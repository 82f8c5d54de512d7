// One call from arrival to answer: admitted, run on the executor, sent to ask the owner of facts
// where needed, audited, logged and counted. What every RPC has in common, unary or streaming,
// stands here and nowhere else.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/common/audit/entry.h"
#include "services/common/postgres/connection.h"
#include "services/common/rpc/caller.h"
#include "services/common/rpc/method.h"
#include "services/common/rpc/outgoing.h"
#include "services/common/rpc/parts.h"

namespace grpc {
class ServerContextBase;
class Status;
}  // namespace grpc

namespace bitrade::rpc {

// Used by one thread at a time; the steps hand it on.
class Call : public std::enable_shared_from_this<Call> {
 public:
  // Runs on an executor thread; must be harmless when it runs again.
  using Work = std::function<absl::Status(postgres::Connection&)>;
  using Done = std::function<void(absl::Status)>;
  using Answer = std::function<void(const grpc::Status&)>;

  Call(Parts& parts, const grpc::ServerContextBase& context, const Method& method);
  // A call of a caller who is proved already: tests of use cases have no certificates.
  Call(Parts& parts, const grpc::ServerContextBase& context, const Method& method, Caller proved);

  // The first step: who calls, and may they.
  absl::Status Admit();

  // Runs `work` on the executor, and once more after the owner was asked when it says AskFirst.
  // `done` gets the outcome on an executor thread or the asker's.
  void Run(Work work, Done done);

  // The same for a later step of a stream: never shed, and the owner may be asked anew.
  void RunNext(Work work, Done done);

  // The same for what is stored whatever has become of the caller, because what led to it happens
  // once only.
  void RunToEnd(Work work, Done done);

  // The last step: waits for the audit of a read or of a refusal, logs, counts, and only then gives
  // the answer. Holds neither a connection nor an executor thread meanwhile.
  void Complete(const absl::Status& status, Answer answer);

  // Logs and counts a stream that broke after its answer had begun.
  void Broke(const absl::Status& status) const { Log(status); }

  const Caller& caller() const { return caller_; }
  Parts& parts() const { return parts_; }
  const Method& method() const { return method_; }
  absl::Time now() const { return now_; }
  bool asked() const { return asked_; }
  void Saw(const std::string& object_id) { seen_.push_back(object_id); }
  // Adds what surrounds the call to its audit row. A refusal with a `kWhy` is audited whatever the
  // annotation says.
  void Note(audit::Circumstance kind, absl::string_view value) { noted_.Set(kind, value); }
  // A work that runs again begins with nothing seen and nothing noted.
  void ForgetSeen() {
    seen_.clear();
    noted_ = {};
  }
  // The audit row of this call.
  audit::Entry AuditEntry(const std::string& outcome) const;
  // What travels on when this call asks another process.
  Outgoing ToOthers() const;

 private:
  postgres::Executor::Job JobOf(Work work, Done done);
  void TakenUp(const absl::StatusOr<postgres::Connection*>& connection, const Work& work,
               const Done& done);
  void AskOwner(const std::string& key, const Work& work, const Done& done);
  bool Audited(const absl::Status& status) const;
  void Log(const absl::Status& status) const;

  Parts& parts_;
  const grpc::ServerContextBase& context_;
  const Method& method_;
  const std::chrono::steady_clock::time_point began_;
  Caller caller_;
  Role ground_ = Role::kService;
  bool admitted_ = false;
  absl::Time now_;
  bool asked_ = false;
  bool to_end_ = false;
  std::vector<std::string> seen_;
  audit::Circumstances noted_;
};

}  // namespace bitrade::rpc
