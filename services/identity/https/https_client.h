// HTTPS calls to servers of which one CA alone is trusted: many at once over a few kept
// connections, on one thread.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace bitrade::identity {

// How long one call may take, connecting included.
constexpr absl::Duration kCallTime = absl::Seconds(5);

// PEM files. The CA is the only one that is trusted: never the system's store.
struct HttpsSettings {
  std::string ca_file;
  std::string certificate_file;  // ours; "" where the server asks for none
  std::string key_file;
  size_t max_reply = 0;  // in bytes
};

struct HttpsRequest {
  std::string url;
  std::vector<std::string> headers;  // "Accept: application/json"
  std::optional<std::string> body;   // a POST when there is one, else a GET
};

struct HttpsReply {
  long status;  // 200, 400, …: a redirection is an answer like any other
  std::string body;
  std::string content_type;   // as it came; "" without
  std::string cache_control;  // likewise
};

// Thread-safe. Must not be destroyed by a callback.
class HttpsClient {
 public:
  using Done = std::function<void(const absl::StatusOr<HttpsReply>&)>;

  // Errors: FAILED_PRECONDITION for files that cannot be read.
  static absl::StatusOr<std::unique_ptr<HttpsClient>> Start(const HttpsSettings& settings);

  // Ends the calls in progress with UNAVAILABLE and waits for their callbacks; these must not call
  // again without end.
  ~HttpsClient();

  // Calls and tells `done` once, on the thread of this object, which it must not hold up. No
  // redirection is followed, no proxy used, no cookie kept. Nothing is repeated after a failure,
  // but that libcurl opens a kept connection anew which the server closed before it answered a
  // byte.
  //
  // Errors: UNAVAILABLE when no answer came, INTERNAL when the URL is not https, TLS failed or the
  // answer was too long.
  void Call(HttpsRequest request, Done done);

 private:
  struct State;
  explicit HttpsClient(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace bitrade::identity
