// A service with events, as small as can be: things with versions, whose changes others follow.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "services/common/events/feed.h"
#include "services/common/rpc/testing/server.h"
#include "services/common/testing/fakes.h"

namespace bitrade::events::testing {

// The tables of a source, beside the common ones.
inline constexpr char kThings[] =
    "CREATE TABLE thing (id uuid PRIMARY KEY, version bigint NOT NULL)";

// Changes thing `number` (from 0) of the source behind `conninfo`; its version becomes one more.
void Change(const std::string& conninfo, int number);

// Runs rounds of the sequencer until there is nothing to number.
void Number(const std::string& conninfo);

// Serves the things' events as the process "appointments".
class Source {
 public:
  Source(const rpc::testing::Keys& keys, const std::string& conninfo,
         const std::string& address = "127.0.0.1:0");
  // Drains, then ends.
  ~Source();

  const std::string& address() const { return server_.address(); }
  bitrade::testing::FakeClock& clock() { return clock_; }
  void Drain() { feed_->Drain(); }

 private:
  bitrade::testing::FakeClock clock_;
  rpc::testing::Server server_;
  Feed* feed_ = nullptr;
};

}  // namespace bitrade::events::testing
