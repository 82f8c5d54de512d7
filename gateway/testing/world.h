// A whole gateway on any port, on the real Redis, before processes that a test chooses the answers
// of; and a browser that keeps its cookies.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "gateway/gateway.h"
#include "gateway/testing/processes.h"
#include "gateway/testing/refusals.h"
#include "gateway/testing/session_ends.h"
#include "services/common/rpc/testing/keys.h"

namespace bitrade::gateway::testing {

struct World {
  // Nobody is counted, unless a test says how often one may try.
  explicit World(const Rates& rates = {1'000'000, 1'000'000, 1'000'000, 1'000'000, 1'000'000,
                                       1'000'000, 1'000'000});
  ~World();

  // Ends the process, and starts it anew where it was.
  void StopRegistry() { registry->Stop(); }
  void StartRegistry();

  std::filesystem::path folder;
  rpc::testing::Keys keys;
  Logins logins;
  Tickets tickets;
  SessionEnds ends;
  Refusals refusals;
  Profiles profiles;
  Counsels counsels;
  Contents contents;
  std::unique_ptr<ProcessServer> identity, registry, documents;
  std::unique_ptr<Gateway> gateway;
};

// Not thread-safe.
class Browser {
 public:
  explicit Browser(const World& world) : port_(world.gateway->http_port()) {}

  // Sends a request to a path below /bitrade/v1/ and returns the answer, head included.
  std::string Send(absl::string_view method, absl::string_view path,
                   const std::map<std::string, std::string>& headers = {},
                   absl::string_view body = "");
  std::string Get(absl::string_view path, const std::map<std::string, std::string>& headers = {}) {
    return Send("GET", path, headers);
  }

  // Logs in as the one person there is, and remembers the token for changes. Returns the answer
  // that completed it.
  std::string LogIn(World& world);

  const std::string& csrf() const { return csrf_; }
  std::map<std::string, std::string>& cookies() { return cookies_; }

 private:
  void Keep(absl::string_view answer);

  const int port_;
  std::map<std::string, std::string> cookies_;
  std::string csrf_;
};

// The one log-in and the one document there are.
inline constexpr char kLoginPath[] = "logins/0190f5a2-7c3e-7b1d-8f00-00000000000a";
inline constexpr char kContentPath[] = "documents/0190f5a2-7c3e-7b1d-8f00-0000000000d1/content";

// Returns the text between `from` and the next '"' of an answer; "" without.
std::string TextAfter(absl::string_view answer, absl::string_view from);

}  // namespace bitrade::gateway::testing
