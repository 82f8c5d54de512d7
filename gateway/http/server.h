// The gateway's HTTP edge on Pistache's listener and reactors. Requests come out of it with their
// framing beyond doubt; answers go to the connection that asked, or nowhere.
//
//   http::Server server(http::Limits{}, app, problem);
//   ASSIGN_OR_RETURN(const int port, server.Listen("127.0.0.1", 0, 2));
//   …
//   server.Drain(absl::Seconds(20));
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/http/limits.h"
#include "gateway/http/message.h"
#include "gateway/http/reply.h"

namespace Pistache::Http {
class Endpoint;
}

namespace bitrade::gateway::http {

class Edge;

class Server {
 public:
  Server(Limits limits, App app, ProblemBody problem);

  // Closes every connection at once; Drain comes before it.
  ~Server();

  // Starts to serve and returns the port. `port` 0 takes any. Reads happen in rounds that last as
  // long as bytes come, so at least two reactors keep one busy client from stopping the others.
  //
  // Errors: UNAVAILABLE when the address cannot be bound.
  absl::StatusOr<int> Listen(const std::string& address, int port, int reactors);

  // Answers what is under way, ending each connection with its answer, waits at most `patience`
  // for that, and stops. Not to be called from the application's handler.
  void Drain(absl::Duration patience);

  // Counts the requests whose answer has not left yet. Thread-safe.
  int64_t in_flight() const;

  // Counts the open connections. Thread-safe.
  size_t connections() const;

 private:
  void Stop();

  const std::shared_ptr<Edge> edge_;
  std::unique_ptr<Pistache::Http::Endpoint> endpoint_;
};

}  // namespace bitrade::gateway::http
