#include "tests/eid-sim/http_server.h"

#include <openssl/ssl.h>
#include <sys/socket.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <list>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"

namespace bitrade::eidsim {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;

// A body that is too large is read all the same: whoever is still sending hears no answer.
constexpr size_t kMaxRead = 4 * kMaxBody;

// The handshake has made sure of a certificate where one is demanded.
RelyingParty PeerOf(SSL* connection) {
  const std::unique_ptr<X509, void (*)(X509*)> certificate(SSL_get1_peer_certificate(connection),
                                                           &X509_free);
  return certificate ? RelyingPartyOf(*certificate) : RelyingParty();
}

std::string Text(beast::string_view view) { return std::string(view.data(), view.size()); }

HttpRequest Convert(const http::request<http::string_body>& read, bool oversize,
                    const RelyingParty& peer) {
  HttpRequest request;
  request.method = Text(read.method_string());
  request.path = Text(read.target());
  request.content_type = Text(read[http::field::content_type]);
  request.authorization = Text(read[http::field::authorization]);
  if (!oversize) request.body = read.body();
  request.oversize = oversize;
  request.peer = peer;
  return request;
}

http::response<http::string_body> Convert(const HttpAnswer& answer, unsigned version, bool keep) {
  http::response<http::string_body> response(static_cast<http::status>(answer.status), version);
  if (!answer.body.empty()) response.set(http::field::content_type, answer.content_type);
  for (const auto& [name, value] : answer.headers) response.set(name, value);
  response.body() = answer.body;
  response.keep_alive(keep);
  response.prepare_payload();
  return response;
}

absl::Status Configure(asio::ssl::context& context, const ServerTls& tls) {
  boost::system::error_code error;
  const auto check = [&error](absl::string_view file) {
    if (!error) return absl::OkStatus();
    return absl::InvalidArgumentError(absl::StrCat(file, ": ", error.message()));
  };
  context.set_options(asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
  context.use_certificate_chain_file(tls.certificate_file, error);
  if (const absl::Status read = check(tls.certificate_file); !read.ok()) return read;
  context.use_private_key_file(tls.key_file, asio::ssl::context::pem, error);
  if (const absl::Status read = check(tls.key_file); !read.ok()) return read;
  if (tls.client_ca_file.empty()) return absl::OkStatus();
  context.set_verify_mode(asio::ssl::verify_peer | asio::ssl::verify_fail_if_no_peer_cert);
  context.load_verify_file(tls.client_ca_file, error);
  return check(tls.client_ca_file);
}

}  // namespace

struct HttpServer::State {
  struct Connection {
    explicit Connection(tcp::socket accepted) : socket(std::move(accepted)) {}
    tcp::socket socket;
    std::thread thread;
    bool ended = false;
  };

  State() : acceptor(context), tls(asio::ssl::context::tls_server) {}

  void Accept();
  void Serve(Connection& connection);
  template <typename Stream>
  void ServeRequests(Stream& stream, const RelyingParty& peer);
  bool Add(tcp::socket socket);
  void Reap();
  void Stop();

  asio::io_context context;
  tcp::acceptor acceptor;
  asio::ssl::context tls;
  bool with_tls = false;
  HttpHandler handler;
  absl::Notification stopping;
  std::mutex mutex;  // guards `connections` and their `ended`
  std::list<Connection> connections;
  std::thread thread;
};

template <typename Stream>
void HttpServer::State::ServeRequests(Stream& stream, const RelyingParty& peer) {
  beast::flat_buffer buffer;
  bool keep = true;
  while (keep && !stopping.HasBeenNotified()) {
    http::request_parser<http::string_body> parser;
    parser.body_limit(kMaxRead);
    beast::error_code error;
    http::read(stream, buffer, parser, error);
    if (error) return;
    const bool oversize = parser.get().body().size() > kMaxBody;
    const HttpAnswer answer = handler(Convert(parser.get(), oversize, peer));
    stopping.WaitForNotificationWithTimeout(answer.delay);
    if (answer.drop) return;
    keep = parser.get().keep_alive();
    http::write(stream, Convert(answer, parser.get().version(), keep), error);
    if (error) return;
  }
}

void HttpServer::State::Serve(Connection& connection) {
  if (!with_tls) return ServeRequests(connection.socket, {});
  asio::ssl::stream<tcp::socket&> stream(connection.socket, tls);
  boost::system::error_code error;
  stream.handshake(asio::ssl::stream_base::server, error);
  if (!error) ServeRequests(stream, PeerOf(stream.native_handle()));
}

bool HttpServer::State::Add(tcp::socket socket) {
  const std::lock_guard lock(mutex);
  if (connections.size() >= kMaxConnections) return false;
  Connection& added = connections.emplace_back(std::move(socket));
  added.thread = std::thread([this, &added] {
    Serve(added);
    const std::lock_guard ending(mutex);
    boost::system::error_code ignored;
    added.socket.close(ignored);
    added.ended = true;
  });
  return true;
}

void HttpServer::State::Reap() {
  const std::lock_guard lock(mutex);
  for (auto at = connections.begin(); at != connections.end();) {
    if (!at->ended) {
      ++at;
      continue;
    }
    at->thread.join();
    at = connections.erase(at);
  }
}

void HttpServer::State::Accept() {
  while (!stopping.HasBeenNotified()) {
    boost::system::error_code error;
    tcp::socket socket(context);
    acceptor.accept(socket, error);
    if (stopping.HasBeenNotified()) return;
    Reap();
    if (!error) {
      socket.set_option(tcp::no_delay(true), error);
      Add(std::move(socket));
    }
  }
}

void HttpServer::State::Stop() {
  stopping.Notify();
  // Unlike close, shutdown wakes the threads that wait in the kernel.
  shutdown(acceptor.native_handle(), SHUT_RDWR);
  thread.join();
  {
    const std::lock_guard lock(mutex);
    for (Connection& connection : connections) {
      if (!connection.ended) shutdown(connection.socket.native_handle(), SHUT_RDWR);
    }
  }
  for (Connection& connection : connections) connection.thread.join();
}

HttpServer::HttpServer(std::unique_ptr<State> state) : state_(std::move(state)) {}

HttpServer::~HttpServer() { state_->Stop(); }

int HttpServer::port() const { return state_->acceptor.local_endpoint().port(); }

absl::StatusOr<std::unique_ptr<HttpServer>> HttpServer::Start(int port,
                                                              const std::optional<ServerTls>& tls,
                                                              HttpHandler handler) {
  auto state = std::make_unique<State>();
  state->handler = std::move(handler);
  state->with_tls = tls.has_value();
  if (tls) {
    if (absl::Status configured = Configure(state->tls, *tls); !configured.ok()) return configured;
  }
  boost::system::error_code error;
  tcp::acceptor& acceptor = state->acceptor;
  const tcp::endpoint endpoint(asio::ip::address_v4::loopback(), static_cast<unsigned short>(port));
  acceptor.open(endpoint.protocol(), error);
  acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) return absl::UnavailableError(absl::StrCat("port ", port, ": ", error.message()));
  State* const running = state.get();
  running->thread = std::thread([running] { running->Accept(); });
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(state)));
}

}  // namespace bitrade::eidsim
