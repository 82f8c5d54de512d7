#include "gateway/config.h"

#include <fstream>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gateway/backends/services.h"
#include "gateway/pipeline/client_address.h"
#include "services/common/rpc/process_config.h"

namespace bitrade::gateway {
namespace {

constexpr size_t kLongestPage = 300;

void ReadAddress(config::Env& env, GatewayConfig& config) {
  const std::string address = env.Required("BITRADE_HTTP_ADDRESS");
  const std::pair<std::string, std::string> parts =
      absl::StrSplit(address, absl::MaxSplits(':', 1));
  config.http_host = parts.first;
  if (!absl::SimpleAtoi(parts.second, &config.http_port)) {
    env.Fault("BITRADE_HTTP_ADDRESS is not an address and a port");
  }
  if (!absl::StartsWith(parts.first, "127.")) {
    env.Fault("BITRADE_HTTP_ADDRESS is not a loopback address: plain HTTP goes no further");
  }
}

redis::Account ReadRedis(config::Env& env) {
  redis::Account account{.socket = env.Required("BITRADE_REDIS_SOCKET"),
                         .user = env.Required("BITRADE_REDIS_USER")};
  const std::string file = env.Required("BITRADE_REDIS_PASSWORD_FILE");
  std::getline(std::ifstream(file) >> std::ws, account.password);
  absl::StripAsciiWhitespace(&account.password);
  if (account.password.empty()) {
    env.Fault("BITRADE_REDIS_PASSWORD_FILE names no file with a password");
  }
  return account;
}

std::string ReadPublicBase(config::Env& env, bool production) {
  std::string url = env.Required("BITRADE_PUBLIC_BASE_URL");
  if (production && !absl::StartsWith(url, "https://")) {
    env.Fault("BITRADE_PUBLIC_BASE_URL is not https");
  }
  while (absl::EndsWith(url, "/")) url.pop_back();
  return url;
}

// What stands behind the page's address is ours to say.
std::vector<std::string> ReadReturnPages(config::Env& env, const std::string& usual,
                                         bool production) {
  std::vector<std::string> pages =
      absl::StrSplit(env.Optional("BITRADE_RETURN_PAGES", usual), ',', absl::SkipWhitespace());
  for (std::string& page : pages) {
    absl::StripAsciiWhitespace(&page);
    const bool secure = absl::StartsWith(page, "https://");
    const bool known = secure || (!production && absl::StartsWith(page, "http://"));
    if (!known || page.size() > kLongestPage || page.find_first_of("# \\\"") != std::string::npos) {
      env.Fault("BITRADE_RETURN_PAGES names what is no https page without a fragment");
    }
  }
  if (pages.empty()) pages.push_back(usual);
  return pages;
}

// The processes behind the routes, and identity, which has none.
std::map<std::string, std::string> ReadNeighbours(config::Env& env) {
  std::map<std::string, std::string> neighbours{{"identity", ""}};
  for (const Served& served : AllServices()) {
    if (!served.process.empty()) neighbours[served.process];
  }
  for (auto& [name, address] : neighbours) {
    address = env.Required(absl::StrCat("BITRADE_NEIGHBOUR_", absl::AsciiStrToUpper(name)));
  }
  return neighbours;
}

std::vector<std::string> ReadProxies(config::Env& env) {
  std::vector<std::string> proxies =
      absl::StrSplit(env.Optional("BITRADE_TRUSTED_PROXIES"), ',', absl::SkipWhitespace());
  for (std::string& proxy : proxies) {
    proxy = AddressOf(absl::StripAsciiWhitespace(proxy));
    if (proxy.empty()) env.Fault("BITRADE_TRUSTED_PROXIES names what is no address");
  }
  return proxies;
}

SessionTimes ReadTimes(config::Env& env) {
  return {.idle = absl::Minutes(env.Number("BITRADE_SESSION_IDLE_MINUTES", 30, 1, 60)),
          .absolute = absl::Hours(env.Number("BITRADE_SESSION_ABSOLUTE_HOURS", 8, 1, 8)),
          .most = env.Number("BITRADE_SESSION_MOST_PER_PERSON", 3, 1, 10)};
}

ContextRule ReadContextRule(config::Env& env) {
  const std::string rule = env.Choice("BITRADE_SESSION_CONTEXT_RULE", {"signal", "enforce"});
  return rule == "enforce" ? ContextRule::kEnforce : ContextRule::kSignal;
}

Rates ReadRates(config::Env& env) {
  constexpr int kMost = 1'000'000;
  const auto rate = [&](const std::string& name, int usual) {
    return env.Number(name, usual, 1, kMost);
  };
  return {.login_minute = rate("BITRADE_LOGIN_STARTS_PER_MINUTE", 10),
          .login_hour = rate("BITRADE_LOGIN_STARTS_PER_HOUR", 60),
          .login_device_minute = rate("BITRADE_LOGIN_STARTS_PER_DEVICE_MINUTE", 5),
          .login_all_minute = rate("BITRADE_LOGIN_STARTS_OF_ALL_PER_MINUTE", 600),
          .login_look_second = rate("BITRADE_LOGIN_LOOKS_PER_SECOND", 2),
          .login_return_minute = rate("BITRADE_LOGIN_RETURNS_PER_MINUTE", 60),
          .signature_minute = rate("BITRADE_SIGNATURE_STARTS_PER_MINUTE", 10)};
}

}  // namespace

GatewayConfig LoadGatewayConfig(config::Env& env) {
  GatewayConfig config;
  const bool production = rpc::LoadProfile(env, config.clock_file);
  ReadAddress(env, config);
  config.reactors = env.Number("BITRADE_HTTP_REACTORS", 2, 2, 64);
  config.admin_address = env.Required("BITRADE_ADMIN_ADDRESS");
  config.redis = ReadRedis(env);
  config.keyring = env.Required("BITRADE_KEYRING");
  config.session_times = ReadTimes(env);
  config.context_rule = ReadContextRule(env);
  config.rates = ReadRates(env);
  config.proxies = ReadProxies(env);
  config.public_base_url = ReadPublicBase(env, production);
  config.openapi_folder = env.Required("BITRADE_OPENAPI_FOLDER");
  config.contact_address = env.Required("BITRADE_CONTACT_ADDRESS");
  config.return_pages = ReadReturnPages(env, absl::StrCat(config.public_base_url, "/"), production);
  config.tls = rpc::LoadTls(env);
  config.neighbours = ReadNeighbours(env);
  return config;
}

}  // namespace bitrade::gateway
