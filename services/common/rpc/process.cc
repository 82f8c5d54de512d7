#include "services/common/rpc/process.h"

#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/impl/service_type.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <csignal>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "services/common/audit/schedule.h"
#include "services/common/base/status_macros.h"
#include "services/common/error/error.h"
#include "services/common/events/sequencer.h"
#include "services/common/log/log.h"
#include "services/common/rpc/admin.h"
#include "services/common/rpc/callback_threads.h"
#include "services/common/rpc/metadata.h"
#include "services/common/rpc/passes.h"
#include "services/common/rpc/recurring.h"

namespace bitrade::rpc {
namespace {

constexpr std::chrono::seconds kDrain{10};
constexpr absl::Duration kRestOfSequencer = absl::Milliseconds(40);
constexpr absl::Duration kLookAtPolicyEvery = absl::Seconds(1);
// A connection was judged by the certificate that opened it, a call by the policy of its beginning:
// neither is good for ever. A new connection takes over before the old one ends.
constexpr int kOldestConnectionMs = 600'000;
constexpr int kGraceMs = 60'000;

}  // namespace

// In the order of dependence; destroyed in the reverse.
struct Process::State {
  State(const ProcessConfig& config, crypto::Keyring loaded_keyring, crypto::Verifier ticket_keys,
        std::shared_ptr<PolicyFile> loaded_policy)
      : name(config.name),
        clock(MakeClock(config.clock_file)),
        keyring(std::move(loaded_keyring)),
        tickets(std::move(ticket_keys)),
        policy(std::move(loaded_policy)),
        admission(tickets, config.tls.trust_domain),
        read_log(config.database_url),
        executor(config.database_url, {.threads = config.executor_threads}),
        parts{*clock, ids, executor, read_log, keyring, admission, metrics, {}},
        rpc(parts) {}

  void ShowMetrics();
  void LookAtPolicy();
  void TellPolicy(absl::string_view work, const absl::Status& read);
  // A call that the gate refused has no RPC to be audited by.
  void Refused(Refusal refusal);
  Gate GateFor(Callers callers) {
    return {.callers = callers, .policy = policy, .refused = [this](Refusal refusal) {
              Refused(std::move(refusal));
            }};
  }

  const std::string name;
  std::unique_ptr<Clock> clock;
  RandomIds ids;
  crypto::Keyring keyring;
  TicketVerifier tickets;
  const std::shared_ptr<PolicyFile> policy;
  std::atomic<int64_t> refusals{0};
  Admission admission;
  Metrics metrics;
  std::map<std::string, std::unique_ptr<Neighbour>> neighbours;
  audit::ReadLog read_log;
  postgres::Executor executor;
  Parts parts;
  Rpc rpc;
  std::unique_ptr<events::Sequencer> sequencer;
  std::unique_ptr<Recurring> policy_watch;
  std::vector<std::unique_ptr<grpc::Service>> services;
  std::vector<std::shared_ptr<void>> kept;
  std::vector<std::function<void()>> drain_hooks;
  std::unique_ptr<grpc::Server> server;
  std::atomic<bool> ready{false};
  std::unique_ptr<AdminServer> admin;
};

void Process::State::ShowMetrics() {
  metrics.Gauge("bitrade_executor_queued", "Calls that wait for a database session",
                [this] { return static_cast<double>(executor.queued()); });
  metrics.Gauge("bitrade_executor_shed", "Calls that were refused for overload",
                [this] { return static_cast<double>(executor.shed()); });
  metrics.Gauge("bitrade_sequencer_failures", "Rounds of the sequencer that failed",
                [this] { return static_cast<double>(sequencer->failures()); });
  metrics.Gauge("bitrade_policy_broken", "1 while a policy file that cannot be read is ignored",
                [this] { return policy->broken() ? 1.0 : 0.0; });
  metrics.Gauge("bitrade_policy_replaced", "New policies that came into force since the start",
                [this] { return static_cast<double>(policy->replaced()); });
  metrics.Gauge("bitrade_policy_refusals", "Calls that the policy refused",
                [this] { return static_cast<double>(refusals); });
}

void Process::State::LookAtPolicy() {
  const absl::StatusOr<bool> replaced = policy->Reread();
  if (!replaced.ok()) {
    log::Write(log::Level::kError, "the policy before stays in force", clock->TimeNow(),
               {{"error", replaced.status().message()}});
    TellPolicy("ReloadPolicy", replaced.status());
  } else if (*replaced) {
    log::Write(log::Level::kInfo, "a new policy is in force", clock->TimeNow());
    TellPolicy("ReloadPolicy", absl::OkStatus());
  }
}

// Which policy is in force from now on, and that one was refused.
void Process::State::TellPolicy(absl::string_view work, const absl::Status& read) {
  audit::Entry row = audit::OfSchedule(clock->TimeNow(), name, absl::StrCat(name, "/", work));
  if (!read.ok()) row.outcome = absl::StatusCodeToString(read.code());
  row.circumstances.Set(audit::Circumstance::kDigest, policy->digest());
  read_log.Append(std::move(row), [this](const absl::Status& written) {
    if (written.ok()) return;
    log::Write(log::Level::kError, "no audit row of the policy", clock->TimeNow(),
               {{"digest", policy->digest()}});
  });
}

void Process::State::Refused(Refusal refusal) {
  ++refusals;
  const absl::Time now = clock->TimeNow();
  log::Write(
      log::Level::kWarning, "refused by the policy", now,
      {{"caller", refusal.process}, {"rpc", refusal.rpc}, {"request_id", refusal.request_id}});
  if (refusal.process.empty()) return;
  read_log.Append({.time = now,
                   .rpc = std::move(refusal.rpc),
                   .actor_kind = IsCaseSystem(refusal.process) ? "CASE_SYSTEM" : "SERVICE",
                   .actor = std::move(refusal.process),
                   .officer = {},
                   .acting_for = {},
                   .ground = {},
                   .outcome = kPermissionDenied.name,
                   .request_id = std::move(refusal.request_id),
                   .session_id = {},
                   .method = {},
                   .object_ids = {},
                   .circumstances = {}},
                  [](const absl::Status& /*written*/) {});
}

absl::StatusOr<std::unique_ptr<Process>> Process::Make(const ProcessConfig& config) {
  ASSIGN_OR_RETURN(crypto::Keyring keyring, crypto::Keyring::Load(config.keyring));
  ASSIGN_OR_RETURN(crypto::Verifier ticket_keys, crypto::Verifier::Load(config.ticket_keys));
  ASSIGN_OR_RETURN(std::shared_ptr<PolicyFile> policy,
                   PolicyFile::Open(config.policy_file, config.tls.trust_domain));
  ASSIGN_OR_RETURN(crypto::Signer signer, crypto::Signer::Load(config.audit_signing_key));
  auto state = std::make_unique<State>(config, std::move(keyring), std::move(ticket_keys),
                                       std::move(policy));
  for (const auto& [name, address] : config.neighbours) {
    state->neighbours[name] = std::make_unique<Neighbour>(name, address, config.tls);
  }
  state->sequencer = std::make_unique<events::Sequencer>(
      config.sequencer_database_url,
      PassesAfterCommit(*state->clock, config.audit_checkpoints, std::move(signer)), state->ids,
      kRestOfSequencer, AnythingLeft);
  state->policy_watch = std::make_unique<Recurring>(
      config.database_url, kLookAtPolicyEvery,
      [s = state.get()](postgres::Connection& /*unused*/) { s->LookAtPolicy(); });
  state->ShowMetrics();
  return std::unique_ptr<Process>(new Process(config, std::move(state)));
}

Process::Process(ProcessConfig config, std::unique_ptr<State> state)
    : config_(std::move(config)), state_(std::move(state)) {}

Process::~Process() {
  // A process that failed half-way through starting may serve already.
  if (state_->server != nullptr) state_->server->Shutdown(std::chrono::system_clock::now());
  while (!state_->kept.empty()) state_->kept.pop_back();
}

Rpc& Process::rpc() { return state_->rpc; }
const Clock& Process::clock() const { return *state_->clock; }
IdSource& Process::ids() { return state_->ids; }
const crypto::Keyring& Process::keyring() const { return state_->keyring; }
TicketVerifier& Process::tickets() { return state_->tickets; }
Metrics& Process::metrics() { return state_->metrics; }
const PolicyFile& Process::policy() const { return *state_->policy; }
Neighbour& Process::To(const std::string& name) { return *state_->neighbours.at(name); }
void Process::AskWith(Asker asker) { state_->parts.asker = std::move(asker); }
void Process::Serve(std::unique_ptr<grpc::Service> service) {
  state_->services.push_back(std::move(service));
}
void Process::Keep(std::shared_ptr<void> kept) { state_->kept.push_back(std::move(kept)); }
void Process::OnDrain(std::function<void()> hook) {
  state_->drain_hooks.push_back(std::move(hook));
}

absl::Status Process::StartServer() {
  HoldCallbackThreads();
  grpc::EnableDefaultHealthCheckService(true);
  grpc::ServerBuilder builder;
  builder.AddListeningPort(config_.address,
                           ServerTls(config_.tls, state_->GateFor(Callers::kProcesses)));
  if (!config_.agency_address.empty()) {
    builder.AddListeningPort(config_.agency_address,
                             ServerTls(config_.agency_tls, state_->GateFor(Callers::kCaseSystems)));
  }
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, kMostMetadata);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_BDP_PROBE, 0);  // as in neighbour.cc
  builder.AddChannelArgument(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, 1 << 20);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, kOldestConnectionMs);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, kGraceMs);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 10'000);
  builder.AddChannelArgument(GRPC_ARG_ENABLE_PER_MESSAGE_COMPRESSION, 0);  // as in neighbour.cc
  builder.AddChannelArgument(GRPC_ARG_ENABLE_CHANNELZ, 0);
  for (const auto& service : state_->services) builder.RegisterService(service.get());
  state_->server = builder.BuildAndStart();
  if (state_->server == nullptr) {
    return absl::UnavailableError(absl::StrCat("cannot listen on ", config_.address));
  }
  ASSIGN_OR_RETURN(
      state_->admin,
      AdminServer::Start(config_.admin_address,
                         {.ready = [s = state_.get()] { return s->ready.load(); },
                          .started = [s = state_.get()] { return s->server != nullptr; },
                          .metrics = [s = state_.get()] { return s->metrics.Text(); }}));
  return absl::OkStatus();
}

void Process::Drain() {
  state_->ready = false;
  log::Write(log::Level::kInfo, "draining", clock().TimeNow());
  for (const auto& hook : state_->drain_hooks) hook();
  state_->server->Shutdown(std::chrono::system_clock::now() + kDrain);
  state_->server->Wait();
}

int Process::Run() {
  if (const absl::Status started = StartServer(); !started.ok()) {
    log::Write(log::Level::kError, started.message(), clock().TimeNow());
    return 1;
  }
  state_->TellPolicy("LoadPolicy", absl::OkStatus());
  state_->ready = true;
  log::Write(log::Level::kInfo, "serving", clock().TimeNow(), {{"address", config_.address}});
  AwaitTermination();
  Drain();
  log::Write(log::Level::kInfo, "ended", clock().TimeNow());
  return 0;
}

void TrustLocks() {
#ifdef NDEBUG
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
#endif
}

void BlockTermination() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

void AwaitTermination() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  int signal = 0;
  sigwait(&signals, &signal);
}

}  // namespace bitrade::rpc
