#include "services/common/rpc/admin.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace bitrade::rpc {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::asio::ip::tcp;

constexpr std::chrono::seconds kPatience{2};
constexpr std::chrono::milliseconds kRest{100};

http::response<http::string_body> Said(http::status status, std::string body) {
  http::response<http::string_body> response(status, 11);
  response.set(http::field::content_type, "text/plain; version=0.0.4; charset=utf-8");
  response.body() = std::move(body);
  response.keep_alive(false);
  response.prepare_payload();
  return response;
}

http::response<http::string_body> AnswerTo(const AdminAnswers& answers, beast::string_view target) {
  const auto tell = [](bool yes) {
    return yes ? Said(http::status::ok, "ok\n") : Said(http::status::service_unavailable, "no\n");
  };
  if (target == "/livez") return tell(true);
  if (target == "/readyz") return tell(answers.ready());
  if (target == "/startupz") return tell(answers.started());
  if (target == "/metrics") return Said(http::status::ok, answers.metrics());
  return Said(http::status::not_found, "");
}

// One request and its answer; lives as long as its own callbacks.
struct Exchange : std::enable_shared_from_this<Exchange> {
  Exchange(tcp::socket socket, const AdminAnswers& given)
      : stream(std::move(socket)), answers(given) {}

  void Begin() {
    stream.expires_after(kPatience);
    http::async_read(stream, buffer, request,
                     [self = shared_from_this()](beast::error_code error, size_t /*bytes*/) {
                       if (!error) self->Reply();
                     });
  }

  void Reply() {
    response = AnswerTo(answers, request.target());
    stream.expires_after(kPatience);
    http::async_write(
        stream, response,
        [self = shared_from_this()](beast::error_code /*error*/, size_t /*bytes*/) {});
  }

  beast::tcp_stream stream;
  const AdminAnswers& answers;
  beast::flat_buffer buffer{4096};
  http::request<http::empty_body> request;
  http::response<http::string_body> response;
};

}  // namespace

struct AdminServer::State {
  explicit State(AdminAnswers given)
      : answers(std::move(given)), acceptor(context), rest(context) {}

  absl::Status Listen(const std::string& address) {
    const std::pair<std::string, std::string> parts =
        absl::StrSplit(address, absl::MaxSplits(':', 1));
    int port = 0;
    beast::error_code error;
    const auto host = boost::asio::ip::make_address(parts.first, error);
    if (error || !absl::SimpleAtoi(parts.second, &port)) {
      return absl::InvalidArgumentError(absl::StrCat(address, " is no address to listen on"));
    }
    const tcp::endpoint endpoint(host, static_cast<unsigned short>(port));
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(16, error);
    if (error)
      return absl::UnavailableError(
          absl::StrCat("cannot listen on ", address, ": ", error.message()));
    return absl::OkStatus();
  }

  void Accept() {
    acceptor.async_accept([this](beast::error_code error, tcp::socket socket) {
      if (error) return Rest();
      std::make_shared<Exchange>(std::move(socket), answers)->Begin();
      Accept();
    });
  }

  // Without descriptors left, every attempt would fail at once.
  void Rest() {
    rest.expires_after(kRest);
    rest.async_wait([this](beast::error_code error) {
      if (!error) Accept();
    });
  }

  const AdminAnswers answers;
  boost::asio::io_context context{1};
  tcp::acceptor acceptor;
  boost::asio::steady_timer rest;
};

absl::StatusOr<std::unique_ptr<AdminServer>> AdminServer::Start(const std::string& address,
                                                                AdminAnswers answers) {
  auto state = std::make_unique<State>(std::move(answers));
  if (absl::Status listening = state->Listen(address); !listening.ok()) return listening;
  state->Accept();
  return std::unique_ptr<AdminServer>(new AdminServer(std::move(state)));
}

AdminServer::AdminServer(std::unique_ptr<State> state)
    : state_(std::move(state)), thread_([this] { state_->context.run(); }) {}

AdminServer::~AdminServer() {
  state_->context.stop();
  thread_.join();
}

}  // namespace bitrade::rpc
