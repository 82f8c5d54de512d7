#include "services/common/log/log.h"

#include <unistd.h>

#include <algorithm>

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

TEST_CASE("Bytes that are no text of ours do not break a line", "[log][unit]") {
  const std::string line =
      Format(Level::kInfo, "m", absl::UnixEpoch(), {{"officer", "a\xff\xc3\x28"}});
  CHECK(line.find("\"officer\":\"a?\?(\"") != std::string::npos);
}

// Standard error as a pipe that nobody reads until the test does.
struct Pipe {
  Pipe() {
    REQUIRE(pipe(ends) == 0);
    dup2(ends[1], STDERR_FILENO);
    close(ends[1]);
  }
  ~Pipe() {
    dup2(before, STDERR_FILENO);
    close(before);
    close(ends[0]);
  }
  std::string ReadUntil(const std::string& word) const {
    std::string text(1 << 20, '\0'), tail;
    while (tail.find(word) == std::string::npos) {
      const ssize_t got = read(ends[0], text.data(), text.size());
      if (got <= 0) return tail;
      tail = tail.substr(tail.size() - std::min<size_t>(tail.size(), 200)) +
             text.substr(0, static_cast<size_t>(got));
    }
    return tail;
  }
  int before = dup(STDERR_FILENO);
  int ends[2] = {-1, -1};
};

TEST_CASE("Whoever does not read the log stops nobody, and is told what was dropped",
          "[log][unit]") {
  const Pipe reader;
  Begin("tested");
  const std::string text(1000, 'x');
  for (int i = 0; i < 10'000; ++i) Write(Level::kInfo, text, absl::UnixEpoch());
  CHECK(reader.ReadUntil("log lines dropped").find("\"process\":\"tested\"") != std::string::npos);
  Write(Level::kInfo, "the last", absl::UnixEpoch());
  CHECK(reader.ReadUntil("the last").find("the last") != std::string::npos);
  Flush();
}

}  // namespace
}  // namespace bitrade::log
