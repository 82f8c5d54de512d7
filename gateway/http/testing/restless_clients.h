// Clients that come, ask and leave as they like, and check every byte they get: no answer may reach
// a connection that did not ask for it. Each asks for a path that nobody else has, and the server's
// handler must answer with that path's Echo.
#pragma once

#include <atomic>
#include <string>

#include "absl/strings/string_view.h"

namespace bitrade::gateway::http::testing {

// What the clients saw.
struct Tally {
  std::atomic<int> asked{0};     // requests
  std::atomic<int> awaited{0};   // requests whose client stayed for the answer
  std::atomic<int> answered{0};  // got exactly their own answer
  std::atomic<int> strayed{0};   // got a byte that was not theirs
};

// The body that belongs to a path: the path many times over, of a length that differs by path.
std::string EchoOf(absl::string_view path);

// Lets `threads` threads connect `connections` times each.
void RunRestlessClients(int port, int threads, int connections, Tally& tally);

}  // namespace bitrade::gateway::http::testing
