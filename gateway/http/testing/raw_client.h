// A client that sends exactly the bytes it is told to and shows exactly those it got.
#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace bitrade::gateway::http::testing {

// Not thread-safe. Waits for what a server owes it at most ten seconds.
class RawClient {
 public:
  // Connects to 127.0.0.1. A `receive_buffer` above 0 keeps the system from taking more than about
  // that many bytes for a client that does not read.
  explicit RawClient(int port, int receive_buffer = 0);
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;
  ~RawClient();

  void Send(absl::string_view bytes);

  // Ends this side and keeps reading.
  void EndSending();

  // Closes without reading what is there.
  void Leave();

  // Reads one answer by its Content-Length or chunks, head included; what came when the connection
  // ended before it was whole.
  std::string ReadAnswer();

  // Reads the head of an answer to HEAD, or one without a body.
  std::string ReadHead();

  // Reads until the server ends the connection.
  std::string ReadToEnd();

  // Tells whether the server ended with a reset instead of an orderly end. Set by the reads.
  bool was_reset() const { return reset_; }

 private:
  bool ReadMore();
  std::string TakeFront(size_t size);

  int fd_ = -1;
  bool reset_ = false;
  std::string buffer_;
};

// Returns the body of an answer, chunks joined.
std::string BodyOf(absl::string_view answer);

// Returns the status of an answer; 0 for what is none.
int StatusOf(absl::string_view answer);

// Returns the value of a header, "" when it is missing.
std::string HeaderOf(absl::string_view answer, absl::string_view name);

}  // namespace bitrade::gateway::http::testing
