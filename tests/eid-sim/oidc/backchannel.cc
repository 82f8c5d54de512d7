#include "tests/eid-sim/oidc/backchannel.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/common/base/status_macros.h"
#include "tests/eid-sim/oidc/form.h"

namespace bitrade::eidsim::oidc {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::asio::ip::tcp;

constexpr std::chrono::seconds kPatience{5};

struct Target {
  std::string host;
  std::string port;
  std::string path;
};

absl::StatusOr<Target> Parse(absl::string_view url) {
  if (!absl::ConsumePrefix(&url, "http://")) return absl::InvalidArgumentError("not an http URL");
  const std::pair<std::string, std::string> place = absl::StrSplit(url, absl::MaxSplits('/', 1));
  const std::pair<std::string, std::string> host =
      absl::StrSplit(place.first, absl::MaxSplits(':', 1));
  return Target{host.first, host.second.empty() ? "80" : host.second,
                absl::StrCat("/", place.second)};
}

// One request on a connection of its own. Synchronous calls of Asio know no time limit.
class Exchange {
 public:
  Exchange(const Target& target, std::string body)
      : stream_(context_), request_(http::verb::post, target.path, 11) {
    request_.set(http::field::host, absl::StrCat(target.host, ":", target.port));
    request_.set(http::field::content_type, "application/x-www-form-urlencoded");
    request_.body() = std::move(body);
    request_.prepare_payload();
  }

  absl::StatusOr<int> Run(const Target& target) {
    beast::error_code error;
    const auto places = tcp::resolver(context_).resolve(target.host, target.port, error);
    if (error) return absl::UnavailableError(error.message());
    stream_.expires_after(kPatience);
    stream_.async_connect(places, [this](beast::error_code failed, const tcp::endpoint&) {
      failed ? Fail(failed) : Write();
    });
    context_.run();
    if (error_) return absl::UnavailableError(error_.message());
    return static_cast<int>(answer_.result_int());
  }

 private:
  void Fail(beast::error_code failed) { error_ = failed; }

  void Write() {
    http::async_write(stream_, request_,
                      [this](beast::error_code failed, size_t) { failed ? Fail(failed) : Read(); });
  }

  void Read() {
    http::async_read(stream_, buffer_, answer_,
                     [this](beast::error_code failed, size_t) { Fail(failed); });
  }

  boost::asio::io_context context_;
  beast::tcp_stream stream_;
  http::request<http::string_body> request_;
  http::response<http::string_body> answer_;
  beast::flat_buffer buffer_;
  beast::error_code error_;
};

}  // namespace

absl::StatusOr<int> SendLogout(absl::string_view url, absl::string_view logout_token) {
  ASSIGN_OR_RETURN(const Target target, Parse(url));
  return Exchange(target, FormText({{"logout_token", std::string(logout_token)}})).Run(target);
}

}  // namespace bitrade::eidsim::oidc
