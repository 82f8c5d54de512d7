// A small HTTP/1.1 server on loopback: a thread per connection, at most kMaxConnections of them.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "tests/eid-sim/http.h"

namespace bitrade::eidsim {

constexpr int kMaxConnections = 256;

// PEM files; TLS 1.2 at least. A client must show a certificate that the CA issued, if one is
// named.
struct ServerTls {
  std::string certificate_file;
  std::string key_file;
  std::string client_ca_file;
};

// Answers until it is destroyed, which waits for the requests in progress.
class HttpServer {
 public:
  // Listens on 127.0.0.1; port 0 takes any. Without `tls` it speaks plain HTTP. The handler is
  // called from many threads.
  //
  // Errors: INVALID_ARGUMENT for TLS files that cannot be used, UNAVAILABLE for a port in use.
  static absl::StatusOr<std::unique_ptr<HttpServer>> Start(int port,
                                                           const std::optional<ServerTls>& tls,
                                                           HttpHandler handler);
  ~HttpServer();

  int port() const;

 private:
  struct State;
  explicit HttpServer(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace bitrade::eidsim
