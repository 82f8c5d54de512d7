#include <grpcpp/create_channel.h>
#include <grpcpp/support/channel_arguments.h>

#include <mutex>
#include <vector>

#include "absl/strings/str_cat.h"
#include "bitrade/identity/v1/ticket.pb.h"
#include "migrations/common_schema.h"
#include "services/common/rpc/metadata.h"
#include "services/common/rpc/testing/counsel.h"
#include "services/common/rpc/testing/server.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"
#include "services/common/testing/fakes.h"

namespace bitrade::rpc {
namespace {

using registry::v1::CounselFactsService;
using registry::v1::CounselService;
using rpc::testing::Keys;
using rpc::testing::Server;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);
constexpr char kOpen[] =
    R"json({"name": "all", "allow_rules": [{"name": "all", "source": {"principals": ["*"]}, "request": {"paths": ["*"]}}]})json";
constexpr char kPerson[] = "00000000-0000-7000-8000-00000000000a";
constexpr char kOther[] = "00000000-0000-7000-8000-00000000000b";

// registry with GetCounsel and GetCounselFacts, under the policy in use unless another is given.
struct Registry {
  explicit Registry(const std::string& policy = "")
      : server(keys,
               {.name = "registry",
                .conninfo = database.conninfo(),
                .policy = policy,
                .refused =
                    [this](Refusal refusal) {
                      const std::lock_guard lock(mutex);
                      refusals.push_back(std::move(refusal));
                    }},
               clock) {
    server.Serve(std::make_unique<rpc::testing::Counsel>(server.rpc(), [](Reading& reading) {
      reading.Saw(reading.caller().counsel_id());
      return registry::v1::Counsel();
    }));
    server.Serve(std::make_unique<rpc::testing::Facts>(
        server.rpc(), [](const Outgoing&, const std::string&, auto done) { done(1); }));
    server.Start();
    listener = server.address();
  }

  // From now on this listener is dialled: that of case systems, or again that of processes.
  void DialAs(const std::string& process) { listener = server.AddressFor(process); }

  absl::Status GetCounsel(const TlsFiles& tls, const std::string& ticket,
                          const std::string& acting_for = "") {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
    if (!ticket.empty()) context.AddMetadata(kTicketHeader, ticket);
    if (!acting_for.empty()) context.AddMetadata(kActingForHeader, acting_for);
    registry::v1::Counsel response;
    return FromGrpc(CounselService::NewStub(Dial(tls))->GetCounsel(&context, {}, &response));
  }
  absl::Status GetFacts(const TlsFiles& tls, const std::string& ticket = "") {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
    if (!ticket.empty()) context.AddMetadata(kTicketHeader, ticket);
    registry::v1::CounselFacts response;
    return FromGrpc(
        CounselFactsService::NewStub(Dial(tls))->GetCounselFacts(&context, {}, &response));
  }
  std::shared_ptr<grpc::Channel> Dial(const TlsFiles& tls) const {
    return grpc::CreateChannel(listener, ClientTls(tls, "registry"));
  }
  int Audited(const std::string& condition) {
    return database.Run("SELECT count(*) FROM audit WHERE " + condition)[0][0].as<int>();
  }

  bitrade::testing::Database database{common_schema()};
  bitrade::testing::FakeClock clock{kNow};
  Keys keys;
  std::mutex mutex;
  std::vector<Refusal> refusals;
  Server server;
  std::string listener;
};

absl::StatusCode CodeOf(const absl::Status& status) {
  INFO(status.ToString());
  return status.code();
}

TEST_CASE("The policy in use decides over the wire", "[rpc][postgres]") {
  Registry registry;
  CHECK(registry.GetFacts(registry.keys.TlsOf("appointments")).ok());
  CHECK(registry.GetFacts(registry.keys.TlsOf("billing")).ok());
  for (const char* process : {"gateway", "documents", "case-system/a", "identity"}) {
    CHECK(CodeOf(registry.GetFacts(registry.keys.TlsOf(process))) ==
          absl::StatusCode::kPermissionDenied);
  }
}

TEST_CASE("A deny rule beats every allow rule over the wire", "[rpc][postgres]") {
  Registry registry(R"json({"name": "all but one",
      "deny_rules": [{"name": "d", "source": {"principals": ["spiffe://bitrade.local/billing"]}, "request": {"paths": ["*"]}}],
      "allow_rules": [{"name": "a", "source": {"principals": ["*"]}, "request": {"paths": ["*"]}}]})json");
  CHECK(registry.GetFacts(registry.keys.TlsOf("appointments")).ok());
  CHECK(CodeOf(registry.GetFacts(registry.keys.TlsOf("billing"))) ==
        absl::StatusCode::kPermissionDenied);
}

TEST_CASE("A certificate without exactly one name of ours is nobody's", "[rpc][postgres]") {
  Registry registry;
  const char* ours = "URI:spiffe://bitrade.local/appointments";
  CHECK(registry.GetFacts(registry.keys.Certificate("ours", ours)).ok());
  const std::string refused[] = {
      absl::StrCat(ours, ",URI:spiffe://bitrade.local/billing"),
      absl::StrCat(ours, ",URI:https://example.org/"),
      "URI:spiffe://elsewhere.example/appointments",
      "URI:spiffe://bitrade.local.example/appointments",
      "URI:spiffe://bitrade.local/",
      "DNS:appointments",
  };
  int made = 0;
  for (const std::string& names : refused) {
    INFO(names);
    CHECK(CodeOf(registry.GetFacts(registry.keys.Certificate(absl::StrCat("c", ++made), names))) ==
          absl::StatusCode::kPermissionDenied);
  }
}

TEST_CASE(
    "Neither listener lets in whom the other is for, even by one authority and an open policy",
    "[rpc][postgres]") {
  Registry registry(kOpen);
  const auto ask = [&registry](const char* process) {
    return CodeOf(registry.GetFacts(registry.keys.TlsOf(process)));
  };
  CHECK(ask("documents") == absl::StatusCode::kOk);
  CHECK(ask("case-system/a") == absl::StatusCode::kPermissionDenied);
  registry.DialAs("case-system/a");
  CHECK(ask("documents") == absl::StatusCode::kPermissionDenied);
  CHECK(ask("gateway") == absl::StatusCode::kPermissionDenied);
}

TEST_CASE("Whoever the gate refuses is told of by name", "[rpc][postgres]") {
  Registry registry;
  REQUIRE(registry.GetFacts(registry.keys.TlsOf("appointments")).ok());
  REQUIRE_FALSE(registry.GetFacts(registry.keys.TlsOf("documents")).ok());
  REQUIRE_FALSE(registry.GetFacts(registry.keys.Certificate("c", "DNS:nobody")).ok());
  const std::lock_guard lock(registry.mutex);
  REQUIRE(registry.refusals.size() == 2);
  CHECK(registry.refusals[0].process == "documents");
  CHECK(registry.refusals[0].rpc == "bitrade.registry.v1.CounselFactsService/GetCounselFacts");
  CHECK(registry.refusals[1].process.empty());
}

TEST_CASE("A certificate whose time is over opens no connection", "[rpc][postgres]") {
  Registry registry;
  const TlsFiles over = registry.keys.Expired("over", "URI:spiffe://bitrade.local/appointments");
  CHECK(CodeOf(registry.GetFacts(over)) == absl::StatusCode::kUnavailable);
}

TEST_CASE("A certificate of a foreign authority opens no connection", "[rpc][postgres]") {
  Registry registry;
  const Keys foreign;
  TlsFiles tls = foreign.TlsOf("appointments");
  tls.ca = registry.keys.TlsOf("registry").ca;
  CHECK(CodeOf(registry.GetFacts(tls)) == absl::StatusCode::kUnavailable);
  CHECK(CodeOf(registry.GetFacts(foreign.TlsOf("appointments"))) == absl::StatusCode::kUnavailable);
}

TEST_CASE("A server that is another process than the one meant is not asked", "[rpc][postgres]") {
  Registry registry;
  const auto channel = grpc::CreateChannel(
      registry.server.address(), ClientTls(registry.keys.TlsOf("appointments"), "documents"));
  grpc::ClientContext context;
  registry::v1::CounselFacts response;
  CHECK(CounselFactsService::NewStub(channel)
            ->GetCounselFacts(&context, {}, &response)
            .error_code() == grpc::StatusCode::UNAVAILABLE);
}

TEST_CASE("Only the gateway brings tickets; whoever else does is refused by name in the trail",
          "[rpc][postgres]") {
  Registry registry(kOpen);
  const std::string ticket = registry.keys.TicketFor(kPerson, kNow);
  CHECK(registry.GetCounsel(registry.keys.TlsOf("gateway"), ticket).ok());
  CHECK(registry.Audited(absl::StrCat("outcome = 'OK' AND actor = '", kPerson, "'")) == 1);
  for (const char* process : {"documents", "case-system/a"}) {
    registry.DialAs(process);
    CHECK(CodeOf(registry.GetCounsel(registry.keys.TlsOf(process), ticket)) ==
          absl::StatusCode::kPermissionDenied);
    CHECK(registry.Audited(
              absl::StrCat("outcome = 'PERMISSION_DENIED' AND actor = '", process, "'")) == 1);
  }
  registry.DialAs("documents");
  // Nor does it make an internal call a person's.
  CHECK(CodeOf(registry.GetFacts(registry.keys.TlsOf("documents"), ticket)) ==
        absl::StatusCode::kPermissionDenied);
  // Whoever may not stands in the trail even where what is allowed does not.
  CHECK(registry.Audited("outcome = 'PERMISSION_DENIED' AND rpc LIKE '%/GetCounselFacts'") == 1);
}

TEST_CASE("A ticket that is missing, forged, changed, foreign or has ended proves nobody",
          "[rpc][postgres]") {
  Registry registry;
  const TlsFiles gateway = registry.keys.TlsOf("gateway");
  const std::string good = registry.keys.TicketFor(kPerson, kNow);
  REQUIRE_OK(registry.GetCounsel(gateway, good));
  identity::v1::SignedTicket changed;
  REQUIRE(changed.ParseFromString(good));
  changed.set_ticket(changed.ticket() + changed.ticket());
  const Keys foreign;
  for (const std::string& ticket : {std::string(), std::string("garbage"),
                                    changed.SerializeAsString(), foreign.TicketFor(kPerson, kNow),
                                    registry.keys.TicketFor(kPerson, kNow - absl::Hours(1))}) {
    CHECK(CodeOf(registry.GetCounsel(gateway, ticket)) == absl::StatusCode::kUnauthenticated);
  }
  // One that was good is not good for ever, though it was verified before.
  registry.clock.Advance(absl::Minutes(3));
  CHECK(CodeOf(registry.GetCounsel(gateway, good)) == absl::StatusCode::kUnauthenticated);
}

TEST_CASE("Nobody acts for somebody else, and whoever tries stands in the trail",
          "[rpc][postgres]") {
  Registry registry;
  const TlsFiles gateway = registry.keys.TlsOf("gateway");
  const std::string ticket = registry.keys.TicketFor(kPerson, kNow);
  CHECK(registry.GetCounsel(gateway, ticket, kPerson).ok());
  CHECK(CodeOf(registry.GetCounsel(gateway, ticket, kOther)) ==
        absl::StatusCode::kPermissionDenied);
  CHECK(registry.Audited(absl::StrCat("outcome = 'PERMISSION_DENIED' AND actor = '", kPerson,
                                      "' AND acting_for = '", kOther, "'")) == 1);
}

// New connections are tried until one shows what is awaited.
template <typename Try>
bool Eventually(Try attempt) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (std::chrono::steady_clock::now() < end) {
    if (attempt()) return true;
  }
  return false;
}

TEST_CASE("Certificates that are replaced while we run take effect, and nothing breaks meanwhile",
          "[rpc][postgres]") {
  Registry registry;
  const Keys next;  // another authority and its certificates
  const TlsFiles client = registry.keys.TlsOf("appointments");
  const auto old = registry.Dial(client);
  const auto get = [](const std::shared_ptr<grpc::Channel>& channel) {
    grpc::ClientContext context;
    registry::v1::CounselFacts response;
    return CounselFactsService::NewStub(channel)->GetCounselFacts(&context, {}, &response).ok();
  };
  REQUIRE(get(old));
  Keys::Replace(registry.keys.TlsOf("registry"), next.TlsOf("registry"));
  // Whoever has the new authority's certificates gets in; the old ones open nothing new.
  CHECK(Eventually([&] { return registry.GetFacts(next.TlsOf("appointments")).ok(); }));
  const Keys before;
  CHECK_FALSE(registry.GetFacts(before.TlsOf("appointments")).ok());
  CHECK(get(old));
  // A caller's own files are read anew as well: they now hold a name that may not call.
  const TlsFiles own = next.TlsOf("billing");
  const auto credentials = ClientTls(own, "registry");
  const auto get_anew = [&] {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return get(grpc::CreateCustomChannel(registry.server.address(), credentials, arguments));
  };
  REQUIRE(get_anew());
  Keys::Replace(own, next.Certificate("stranger", "URI:spiffe://bitrade.local/stranger"));
  CHECK(Eventually([&] { return !get_anew(); }));
}

}  // namespace
}  // namespace bitrade::rpc
