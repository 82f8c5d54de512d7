// The gateway as a process: `serve` or `--print-config`.
#include <cstdio>
#include <string>

#include "gateway/config.h"
#include "gateway/gateway.h"
#include "services/common/log/log.h"
#include "services/common/rpc/process.h"

namespace bitrade::gateway {
namespace {

int Fail(absl::string_view sentence) {
  std::fprintf(stderr, "%.*s\n", static_cast<int>(sentence.size()), sentence.data());
  return 1;
}

int Serve(const GatewayConfig& config) {
  log::Begin("gateway");
  rpc::TrustLocks();
  rpc::BlockTermination();
  const auto clock = MakeClock(config.clock_file);
  const auto gateway = Gateway::Make(config);
  if (!gateway.ok()) return Fail(gateway.status().ToString());
  if (const absl::Status started = (*gateway)->Start(); !started.ok()) {
    return Fail(started.ToString());
  }
  log::Write(log::Level::kInfo, "serving", clock->TimeNow(), {{"address", config.http_host}});
  rpc::AwaitTermination();
  log::Write(log::Level::kInfo, "draining", clock->TimeNow());
  (*gateway)->Drain();
  log::Write(log::Level::kInfo, "ended", clock->TimeNow());
  return 0;
}

int Main(const std::string& command) {
  config::Env env = config::Env::OfProcess();
  const GatewayConfig config = LoadGatewayConfig(env);
  if (command == "--print-config") {
    std::fputs(env.Print().c_str(), stdout);
    return 0;
  }
  if (const absl::Status read = env.Finish(); !read.ok()) return Fail(read.message());
  if (command == "serve") return Serve(config);
  return Fail("usage: bitrade-gateway serve | --print-config");
}

}  // namespace
}  // namespace bitrade::gateway

int main(int argc, char** argv) { return bitrade::gateway::Main(argc == 2 ? argv[1] : ""); }
