// What every request needs and all share. Everything in it is thread-safe and outlives the
// requests.
#pragma once

#include <string>
#include <vector>

#include "gateway/pipeline/under_way.h"

namespace bitrade {
class Clock;
class IdSource;
namespace rpc {
class Metrics;
}
}  // namespace bitrade

namespace bitrade::gateway {

class JsonWriter;
class ProblemWriter;
class RefusalTrail;

struct Parts {
  const Clock& clock;
  IdSource& ids;
  rpc::Metrics& metrics;
  const JsonWriter& json;
  const ProblemWriter& problems;
  UnderWay& under_way;
  RefusalTrail& refusals;
  std::string origin;  // of the front end: "https://bitrade.example"
  // Addresses of the proxies whose X-Forwarded-For counts.
  std::vector<std::string> proxies;
};

}  // namespace bitrade::gateway
