#include "services/common/rpc/service_main.h"

#include <cstdio>

#include "absl/strings/str_cat.h"
#include "services/common/audit/verifier.h"
#include "services/common/base/status_macros.h"
#include "services/common/log/log.h"

namespace bitrade::rpc {
namespace {

int Fail(absl::string_view sentence) {
  std::fprintf(stderr, "%.*s\n", static_cast<int>(sentence.size()), sentence.data());
  return 1;
}

int RunMigrations(const ServiceSpec& spec, config::Env env) {
  const std::string owner = env.Required("BITRADE_OWNER_DATABASE_URL");
  if (owner.empty()) return Fail("BITRADE_OWNER_DATABASE_URL is missing");
  const auto applied = postgres::Migrate(owner, spec.plan, absl::StrCat("bitrade_", spec.name));
  if (!applied.ok()) return Fail(applied.status().ToString());
  std::printf("%s: %d migrations applied\n", spec.name.c_str(), *applied);
  return 0;
}

absl::StatusOr<audit::Verdict> Judge(const ProcessConfig& config) {
  ASSIGN_OR_RETURN(const crypto::Verifier keys,
                   crypto::Verifier::Load(config.audit_signing_key + ".pub"));
  ASSIGN_OR_RETURN(const auto checkpoints, audit::ReadCheckpoints(config.audit_checkpoints, keys));
  postgres::Connection connection(config.database_url);
  return audit::Verify(connection, checkpoints);
}

int VerifyAudit(const ProcessConfig& config) {
  const absl::StatusOr<audit::Verdict> verdict = Judge(config);
  if (!verdict.ok()) return Fail(verdict.status().ToString());
  if (verdict->fault)
    return Fail(absl::StrCat("audit row ", verdict->fault->position, ": ", verdict->fault->what));
  std::printf("audit: rows up to %lld are proven, %lld later ones are not yet\n",
              static_cast<long long>(verdict->proven), static_cast<long long>(verdict->unproven));
  return 0;
}

int Serve(const ServiceSpec& spec, const ProcessConfig& config) {
  log::Begin(spec.name);
  TrustLocks();
  BlockTermination();
  const auto process = Process::Make(config);
  if (!process.ok()) return Fail(process.status().ToString());
  if (const absl::Status wired = spec.wire(**process); !wired.ok()) return Fail(wired.ToString());
  return (*process)->Run();
}

}  // namespace

postgres::MigrationPlan PlanOf(const std::vector<postgres::MigrationPlan>& plans) {
  postgres::MigrationPlan all;
  for (const auto& plan : plans) all.insert(all.end(), plan.begin(), plan.end());
  return all;
}

int ServiceMain(int argc, char** argv, const ServiceSpec& spec) {
  const std::string command = argc == 2 ? argv[1] : "";
  config::Env env = config::Env::OfProcess();
  if (command == "migrate") return RunMigrations(spec, env);
  const ProcessConfig config = LoadProcessConfig(env, spec.name, spec.neighbours);
  spec.read_settings(env);
  if (command == "--print-config") {
    std::fputs(env.Print().c_str(), stdout);
    return 0;
  }
  if (const absl::Status read = env.Finish(); !read.ok()) return Fail(read.message());
  if (command == "verify-audit") return VerifyAudit(config);
  if (command == "serve") return Serve(spec, config);
  return Fail(absl::StrCat("usage: bitrade-", spec.name,
                           " serve | migrate | verify-audit | --print-config"));
}

}  // namespace bitrade::rpc
