#include "services/common/rpc/call.h"

#include <grpcpp/server_context.h>

#include <any>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/common/base/status_macros.h"
#include "services/common/error/error.h"
#include "services/common/log/log.h"
#include "services/common/rpc/status.h"
#include "services/common/rpc/trace.h"

namespace bitrade::rpc {
namespace {

const char* KindName(const Caller& caller) {
  switch (caller.kind) {
    case CallerKind::kPerson:
      return "PERSON";
    case CallerKind::kCaseSystem:
      return "CASE_SYSTEM";
    case CallerKind::kService:
      return "SERVICE";
  }
  return "ANONYMOUS";
}

// Worth an operator's attention; a refusal with a reason of ours is not, unless something is down
// or too slow. A constraint that no rule foresaw has no reason.
bool IsFault(absl::StatusCode code, const std::string& reason) {
  switch (code) {
    case absl::StatusCode::kOk:
    case absl::StatusCode::kCancelled:
      return false;
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kDataLoss:
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
      return true;
    default:
      return reason.empty();
  }
}

// What somebody may not do, does not get to see, or comes to too early or too late.
bool IsRefusal(absl::StatusCode code) {
  return code == absl::StatusCode::kNotFound || code == absl::StatusCode::kPermissionDenied ||
         code == absl::StatusCode::kFailedPrecondition;
}

// An owner that cannot be asked is a part that is down, whatever it said.
absl::Status NotLearnt(const absl::Status& said) {
  const absl::Status refused = Refuse(kUnavailable);
  return WithDetails(
      absl::Status(refused.code(),
                   absl::StrCat("the owner said ", absl::StatusCodeToString(said.code()))),
      DetailsOf(refused));
}

}  // namespace

Call::Call(Parts& parts, const grpc::ServerContextBase& context, const Method& method)
    : parts_(parts),
      context_(context),
      method_(method),
      began_(std::chrono::steady_clock::now()),
      now_(parts.clock.TimeNow()) {}

Call::Call(Parts& parts, const grpc::ServerContextBase& context, const Method& method,
           Caller proved)
    : Call(parts, context, method) {
  caller_ = std::move(proved);
}

absl::Status Call::Admit() {
  caller_ = parts_.admission.Recognize(context_);
  RETURN_IF_ERROR(parts_.admission.Prove(context_, now_, caller_));
  ASSIGN_OR_RETURN(ground_, Admission::Authorize(caller_, method_));
  // Where an RPC is for persons, nobody acts for another.
  if (ground_ == Role::kPerson) caller_.acting_for = caller_.ticket->person_id;
  admitted_ = true;
  return absl::OkStatus();
}

postgres::Executor::Job Call::JobOf(Work work, Done done) {
  return [self = shared_from_this(), work = std::move(work),
          done = std::move(done)](const absl::StatusOr<postgres::Connection*>& connection) {
    self->TakenUp(connection, work, done);
  };
}

void Call::Run(Work work, Done done) {
  parts_.executor.Submit(JobOf(std::move(work), std::move(done)));
}

void Call::RunNext(Work work, Done done) {
  asked_ = false;
  parts_.executor.SubmitNext(JobOf(std::move(work), std::move(done)));
}

void Call::RunToEnd(Work work, Done done) {
  to_end_ = true;
  RunNext(std::move(work), std::move(done));
}

void Call::TakenUp(const absl::StatusOr<postgres::Connection*>& connection, const Work& work,
                   const Done& done) {
  if (!connection.ok()) return done(connection.status());
  if (!to_end_ && context_.IsCancelled()) {
    return done(absl::CancelledError("the caller has gone"));
  }
  now_ = parts_.clock.TimeNow();
  ForgetSeen();
  const absl::Status status = work(**connection);
  const std::string key = AskedKey(status);
  if (key.empty()) return done(status);
  if (asked_ || !parts_.asker.ask) return done(Refuse(kNotFound));
  AskOwner(key, work, done);
}

void Call::AskOwner(const std::string& key, const Work& work, const Done& done) {
  asked_ = true;
  parts_.asker.ask(
      ToOthers(), key,
      [self = shared_from_this(), work, done](const absl::StatusOr<std::any>& learnt) {
        if (!learnt.ok()) return done(NotLearnt(learnt.status()));
        self->Run(
            [self, work, learnt = *learnt](postgres::Connection& connection) -> absl::Status {
              RETURN_IF_ERROR(connection.Transact(
                  [&](postgres::Transaction& tx) { return self->parts_.asker.apply(tx, learnt); }));
              return work(connection);
            },
            done);
      });
}

Outgoing Call::ToOthers() const {
  return {.request_id = caller_.request_id,
          .traceparent = NextTraceparent(caller_.traceparent),
          .person = caller_.ticket ? caller_.ticket->person_id : caller_.about_person,
          .acting_for = caller_.acting_for,
          .deadline = context_.deadline()};
}

audit::Entry Call::AuditEntry(const std::string& outcome) const {
  audit::Entry entry{.time = now_,
                     .rpc = method_.name,
                     .actor_kind = KindName(caller_),
                     .actor = caller_.actor(),
                     .officer = caller_.officer,
                     .acting_for = caller_.acting_for,
                     .ground = admitted_ ? RoleName(ground_) : "",
                     .outcome = outcome,
                     .request_id = caller_.request_id,
                     .object_ids = seen_,
                     .circumstances = noted_};
  if (caller_.ticket != nullptr) {
    entry.session_id = caller_.ticket->session_id;
    entry.method = caller_.ticket->method;
  }
  return entry;
}

// A change that was made has its row already; a refusal is worth one as well as a read. Who may
// not, what a person is refused, and what the use case gave a reason for, stands there whatever the
// annotation says.
bool Call::Audited(const absl::Status& status) const {
  if (caller_.process.empty()) return false;
  if (status.code() == absl::StatusCode::kPermissionDenied) return true;
  if (!status.ok() && noted_.Has(audit::Circumstance::kWhy)) return true;
  if (!status.ok() && caller_.ticket != nullptr) return IsRefusal(status.code());
  if (method_.audit == Audit::kNone) return false;
  return status.ok() ? method_.audit == Audit::kRead : IsRefusal(status.code());
}

void Call::Complete(const absl::Status& status, Answer answer) {
  if (!Audited(status)) {
    Log(status);
    return answer(ToGrpc(status));
  }
  const std::string outcome = status.ok() ? "OK" : ReasonOf(status);
  parts_.read_log.Append(
      AuditEntry(outcome),
      [self = shared_from_this(), status, answer = std::move(answer)](const absl::Status& written) {
        // What was not audited is not answered.
        const absl::Status& outcome_status = written.ok() ? status : written;
        self->Log(outcome_status);
        answer(ToGrpc(outcome_status));
      });
}

void Call::Log(const absl::Status& status) const {
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began_;
  const std::string code = absl::StatusCodeToString(status.code());
  parts_.metrics.Called(method_.name, code, took.count());
  const std::string reason = status.ok() ? std::string() : ReasonOf(status);
  const bool fault = IsFault(status.code(), reason);
  log::Write(fault ? log::Level::kWarning : log::Level::kInfo, "rpc", now_,
             {{"rpc", method_.name},
              {"code", code},
              {"reason", reason},
              {"ms", absl::StrFormat("%.2f", took.count() * 1000), true},
              {"caller", caller_.process},
              {"request_id", caller_.request_id},
              {"trace_id", TraceId(caller_.traceparent)},
              {"error", fault ? status.message() : absl::string_view()}});
}

}  // namespace bitrade::rpc
