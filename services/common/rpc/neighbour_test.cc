#include "services/common/rpc/neighbour.h"

#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "bitrade/registry/v1/counsel_service.grpc.pb.h"
#include "services/common/rpc/policy_file.h"
#include "services/common/rpc/testing/keys.h"
#include "services/common/testing/catch.h"

namespace bitrade::rpc {
namespace {

using registry::v1::CounselFacts;
using registry::v1::CounselFactsService;

// Answers at once.
class Immediate final : public CounselFactsService::Service {
 public:
  grpc::Status GetCounselFacts(grpc::ServerContext* /*context*/,
                               const registry::v1::GetCounselFactsRequest* /*request*/,
                               CounselFacts* /*response*/) override {
    return grpc::Status::OK;
  }
};

// A registry whose connections live for a twentieth of a second.
struct ShortLived {
  ShortLived() {
    const auto policy = std::make_shared<const PolicyFile>(
        Policy({}, {{.name = "all", .principals = {"*"}, .paths = {"*"}, .reach = std::nullopt}}),
        "bitrade.local");
    grpc::ServerBuilder builder;
    builder.AddListeningPort(
        "127.0.0.1:0", ServerTls(keys.TlsOf("registry"), {Callers::kProcesses, policy, {}}), &port);
    builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, 50);
    builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, 10'000);
    builder.RegisterService(&service);
    server = builder.BuildAndStart();
    REQUIRE(server != nullptr);
  }

  testing::Keys keys;
  Immediate service;
  int port = 0;
  std::unique_ptr<grpc::Server> server;
};

TEST_CASE("A connection that ends because it has grown old costs no call", "[rpc][postgres]") {
  ShortLived registry;
  Neighbour neighbour("registry", absl::StrCat("127.0.0.1:", registry.port),
                      registry.keys.TlsOf("billing"), {.deadline = std::chrono::seconds(20)});
  const auto stub = CounselFactsService::NewStub(neighbour.channel());
  const auto begin = std::chrono::steady_clock::now();
  std::atomic<int> good{0};
  std::atomic<int> failed{0};
  std::vector<std::thread> callers;
  for (int i = 0; i < 4; ++i) {
    callers.emplace_back([&] {
      const registry::v1::GetCounselFactsRequest request;
      // For as many ages of a connection as there are in three seconds, or longer where a machine
      // is slow.
      while (std::chrono::steady_clock::now() < begin + std::chrono::seconds(good > 100 ? 3 : 60)) {
        const auto answer = neighbour.CallAndWait<CounselFacts>(
            {}, [&](auto* context, auto* response, auto finished) {
              stub->async()->GetCounselFacts(context, &request, response, finished);
            });
        ++(answer.ok() ? good : failed);
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  CHECK(failed == 0);
  CHECK(good > 100);
}

}  // namespace
}  // namespace bitrade::rpc
