#include "services/common/log/log.h"

#include "services/common/testing/catch.h"

namespace bitrade::log {
namespace {

TEST_CASE("A line is one JSON object whatever the texts hold", "[log][unit]") {
  const std::string line = Format(Level::kWarning, "a \"quoted\"\nline", absl::UnixEpoch(),
                                  {{"rpc", "S/M"}, {"ms", "1.5", true}, {"empty", ""}});
  CHECK(line ==
        "{\"time\":\"1970-01-01T00:00:00.000000Z\",\"level\":\"warning\",\"process\":\"\","
        "\"message\":\"a \\\"quoted\\\"\\u000aline\",\"rpc\":\"S/M\",\"ms\":1.5}\n");
}

}  // namespace
}  // namespace bitrade::log
