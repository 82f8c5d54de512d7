// HTTPS calls to one server that we authenticate to with a certificate: many at once over a few
// kept connections, on one thread.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace bitrade::identity {

// Where BankID answers and who we are to it. PEM files. The CA is the only one that is trusted:
// never the system's store.
struct BankIdEndpoint {
  std::string url;  // "https://appapi2.bankid.com/rp/v6.0"
  std::string ca_file;
  std::string certificate_file;
  std::string key_file;
};

// How long one call may take, connecting included, and how long its answer may be: a
// signature over a large manifest is hundreds of kilobytes.
constexpr absl::Duration kCallTime = absl::Seconds(5);
constexpr size_t kMaxReply = 2 * 1024 * 1024;

struct HttpReply {
  long status;  // 200, 400, …
  std::string body;
};

// Posts JSON. Thread-safe. Must not be destroyed by a callback.
class Poster {
 public:
  using Done = std::function<void(const absl::StatusOr<HttpReply>&)>;

  // Errors: FAILED_PRECONDITION for a URL that is not https and for files that cannot be read.
  static absl::StatusOr<std::unique_ptr<Poster>> Start(const BankIdEndpoint& endpoint);

  // Ends the calls in progress with UNAVAILABLE and waits for their callbacks; these must not post
  // again without end.
  ~Poster();

  // Posts `body` to the endpoint's URL + `path` and calls `done` once, on the thread of this
  // object, which it must not hold up. Nothing is repeated after a failure.
  //
  // Errors: UNAVAILABLE when no answer came, INTERNAL when TLS failed or the answer was too long.
  void Post(absl::string_view path, std::string body, Done done);

 private:
  struct State;
  explicit Poster(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace bitrade::identity
