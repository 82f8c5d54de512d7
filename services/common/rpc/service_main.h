// The subcommands of every service's binary.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/common/postgres/migrate.h"
#include "services/common/rpc/process.h"

namespace bitrade::rpc {

// What distinguishes a service's binary from the others.
struct ServiceSpec {
  std::string name;                     // "registry"
  std::vector<std::string> neighbours;  // whom it calls
  postgres::MigrationPlan plan;         // its schema
  // Reads the service's own settings (and reports their faults), before anything starts.
  std::function<void(config::Env&)> read_settings;
  // Makes stores, clients and services, and hands them to the process.
  std::function<absl::Status(Process&)> wire;
};

// Appends plans in order.
postgres::MigrationPlan PlanOf(const std::vector<postgres::MigrationPlan>& plans);

// Runs `serve`, `migrate` (as BITRADE_OWNER_DATABASE_URL), `verify-audit` or `--print-config`.
// Returns the exit code.
int ServiceMain(int argc, char** argv, const ServiceSpec& spec);

}  // namespace bitrade::rpc
