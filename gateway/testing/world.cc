#include "gateway/testing/world.h"

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <future>
#include <stdexcept>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gateway/http/testing/raw_client.h"
#include "services/common/crypto/digest.h"
#include "services/common/redis/pipeline.h"

namespace bitrade::gateway::testing {
namespace {

std::filesystem::path NewFolder() {
  const auto folder =
      std::filesystem::temp_directory_path() /
      absl::StrCat("bitrade-gateway-", absl::BytesToHexString(crypto::RandomBytes(8)));
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "k1.hex") << std::string(64, 'a') << "\n";
  return folder;
}

std::string RedisSocket() {
  const char* socket = std::getenv("BITRADE_TEST_REDIS");
  if (socket == nullptr) throw std::runtime_error("BITRADE_TEST_REDIS is not set");
  return socket;
}

// The person's sessions of tests before, and her tries, count no more.
void ForgetSessions() {
  redis::Pipeline redis({.socket = RedisSocket()});
  std::promise<bool> done;
  redis.Send(
      {"DEL", "person:0190f5a2-7c3e-7b1d-8f00-0000000000aa:sess",
       "rate:signature:0190f5a2-7c3e-7b1d-8f00-0000000000aa",
       "rate:confirmation:0190f5a2-7c3e-7b1d-8f00-0000000000aa", "rate:login-return:127.0.0.0",
       "rate:logout:127.0.0.0", "rate:login-look-all:127.0.0.0"},
      [&](const absl::StatusOr<redis::Reply>& reply) { done.set_value(reply.ok()); });
  if (!done.get_future().get()) throw std::runtime_error("Redis does not answer");
}

}  // namespace

World::World(const Rates& rates) : folder(NewFolder()) {
  identity = std::make_unique<ProcessServer>(
      keys, "identity", std::vector<grpc::Service*>{&logins, &tickets, &ends, &refusals});
  documents =
      std::make_unique<ProcessServer>(keys, "documents", std::vector<grpc::Service*>{&contents});
  StartRegistry();
  ForgetSessions();
  GatewayConfig config;
  config.http_host = "127.0.0.1";
  config.admin_address = "127.0.0.1:0";
  config.rates = rates;
  config.redis.socket = RedisSocket();
  config.redis_limits.answer = std::chrono::seconds(10);  // of a machine that stands still
  config.keyring = folder.string();
  config.public_base_url = "https://bitrade.example";
  config.openapi_folder = "docs/api";
  config.contact_address = "support@agency.example";
  config.return_pages = {"https://bitrade.example/", "https://bitrade.example/apply"};
  config.tls = keys.TlsOf("gateway");
  config.neighbours = {{"identity", identity->address()},   {"registry", registry->address()},
                       {"documents", documents->address()}, {"appointments", "127.0.0.1:1"},
                       {"billing", "127.0.0.1:1"},          {"retention", "127.0.0.1:1"}};
  auto made = Gateway::Make(config);
  if (!made.ok()) throw std::runtime_error(made.status().ToString());
  gateway = *std::move(made);
  if (!gateway->Start().ok()) throw std::runtime_error("the gateway does not start");
}

World::~World() {
  gateway.reset();
  std::filesystem::remove_all(folder);
}

void World::StartRegistry() {
  const std::string address = registry == nullptr ? "" : registry->address();
  registry = std::make_unique<ProcessServer>(
      keys, "registry", std::vector<grpc::Service*>{&profiles, &counsels}, address);
}

std::string Browser::Send(absl::string_view method, absl::string_view path,
                          const std::map<std::string, std::string>& headers,
                          absl::string_view body) {
  std::string request = absl::StrCat(method, " /bitrade/v1/", path, " HTTP/1.1\r\nHost: x\r\n");
  std::string cookies;
  for (const auto& [name, value] : cookies_) {
    absl::StrAppend(&cookies, cookies.empty() ? "" : "; ", name, "=", value);
  }
  if (!cookies.empty()) absl::StrAppend(&request, "Cookie: ", cookies, "\r\n");
  for (const auto& [name, value] : headers) absl::StrAppend(&request, name, ": ", value, "\r\n");
  if (!body.empty()) {
    absl::StrAppend(&request, "Content-Type: application/json\r\nContent-Length: ", body.size(),
                    "\r\n");
  }
  http::testing::RawClient client(port_);
  client.Send(absl::StrCat(request, "\r\n", body));
  std::string answer = method == "HEAD" ? client.ReadHead() : client.ReadAnswer();
  Keep(answer);
  return answer;
}

void Browser::Keep(absl::string_view answer) {
  const absl::string_view head = answer.substr(0, answer.find("\r\n\r\n"));
  for (const absl::string_view line : absl::StrSplit(head, "\r\n")) {
    constexpr absl::string_view kName = "Set-Cookie: ";
    if (!absl::StartsWith(line, kName)) continue;
    const std::pair<std::string, std::string> cookie = absl::StrSplit(
        line.substr(kName.size(), line.find(';') - kName.size()), absl::MaxSplits('=', 1));
    if (cookie.second.empty()) {
      cookies_.erase(cookie.first);
    } else {
      cookies_[cookie.first] = cookie.second;
    }
  }
}

std::string Browser::LogIn(World& world) {
  world.logins.state = identity::v1::Login::PENDING;
  Send("POST", "logins", {}, R"({"method": "MOBILE_BANKID", "start": "OTHER_DEVICE"})");
  world.logins.state = identity::v1::Login::COMPLETE;
  std::string answer = Get(kLoginPath);
  csrf_ = TextAfter(Get("session"), "\"csrfToken\":\"");
  return answer;
}

std::string TextAfter(absl::string_view answer, absl::string_view from) {
  const size_t at = answer.find(from);
  if (at == absl::string_view::npos) return "";
  answer.remove_prefix(at + from.size());
  return std::string(answer.substr(0, answer.find('"')));
}

}  // namespace bitrade::gateway::testing
