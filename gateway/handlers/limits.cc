#include "gateway/handlers/limits.h"

#include <google/protobuf/descriptor.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "bitrade/gateway/v1/login_service.pb.h"
#include "gateway/pipeline/cookies.h"
#include "gateway/sessions/rate_limits.h"
#include "gateway/sessions/token.h"
#include "services/common/crypto/digest.h"

namespace bitrade::gateway {
namespace {

using LimitsOf = std::vector<RateLimit> (*)(const Exchange&, const Rates&);

// A browser polls every second or so; a window this long forgives it two looks at once.
constexpr int kLookWindow = 10;
// How many browsers of one network, as of an office, may look at their log-ins at once.
constexpr int kBrowsersOfNetwork = 50;
constexpr char kComeAgainSeconds[] = "2";

// A browser that is new to us is counted by its network alone.
std::vector<RateLimit> OfLogin(const Exchange& exchange, const Rates& rates) {
  const std::string network = NetworkOf(exchange.request().peer_address);
  std::vector<RateLimit> limits{{"login-minute", network, rates.login_minute, absl::Minutes(1)},
                                {"login-hour", network, rates.login_hour, absl::Hours(1)},
                                {"login-all", "", rates.login_all_minute, absl::Minutes(1)}};
  const absl::string_view device = exchange.Cookie(kDeviceCookie);
  if (IsToken(device)) {
    limits.push_back(
        {"login-device", crypto::Sha256Hex(device), rates.login_device_minute, absl::Minutes(1)});
  }
  return limits;
}

// Counted by the browser's own cookie, so that nobody can use up another's looks. Cookies cost
// nothing: whoever makes one for each look is counted by the network.
std::vector<RateLimit> OfLook(const Exchange& exchange, const Rates& rates) {
  const std::string network = NetworkOf(exchange.request().peer_address);
  const absl::string_view cookie = exchange.Cookie(kLoginCookie);
  const int most = rates.login_look_second * kLookWindow;
  constexpr absl::Duration kWindow = absl::Seconds(kLookWindow);
  return {{"login-look", IsToken(cookie) ? crypto::Sha256Hex(cookie) : network, most, kWindow},
          {"login-look-all", network, most * kBrowsersOfNetwork, kWindow}};
}

// A browser whose log-in is not complete yet comes back again every few seconds.
std::vector<RateLimit> OfReturn(const Exchange& exchange, const Rates& rates) {
  return {{"login-return", NetworkOf(exchange.request().peer_address), rates.login_return_minute,
           absl::Minutes(1)}};
}

// A provider may end many at once; whoever else tries costs us a look at a signature each time.
std::vector<RateLimit> OfLogout(const Exchange& exchange, const Rates& rates) {
  return {{"logout", NetworkOf(exchange.request().peer_address), rates.logout_minute,
           absl::Minutes(1)}};
}

std::vector<RateLimit> OfSignature(const Exchange& exchange, const Rates& rates) {
  return {{"signature", exchange.session.person_id(), rates.signature_minute, absl::Minutes(1)}};
}

std::vector<RateLimit> OfConfirmation(const Exchange& exchange, const Rates& rates) {
  return {{"confirmation", exchange.session.person_id(), rates.signature_minute, absl::Minutes(1)}};
}

LimitsOf Find(const Route& route) {
  const auto* request = route.method->input_type();
  if (request == v1::CreateLoginRequest::descriptor()) return &OfLogin;
  if (request == v1::GetLoginRequest::descriptor()) return &OfLook;
  if (request == v1::CancelLoginRequest::descriptor()) return &OfLook;
  if (absl::EndsWith(route.path.text(), "-return")) return &OfReturn;
  if (absl::EndsWith(route.path.text(), "/telia-logout")) return &OfLogout;
  if (absl::EndsWith(route.path.text(), "/signature-requests")) return &OfSignature;
  if (absl::EndsWith(route.path.text(), "/confirmation")) return &OfConfirmation;
  return nullptr;
}

// While nobody counts, a return may go on: without Redis it opens nothing, and it is not lost. A
// session that has ended elsewhere ends here whatever becomes of Redis.
bool IsAllowed(LimitsOf of, const absl::Status& allowed) {
  const bool uncounted = of == &OfReturn || of == &OfLogout;
  return allowed.ok() || (uncounted && allowed.code() == absl::StatusCode::kUnavailable);
}

// A browser that came back shows what it gets: it is told to come again.
void RefuseTry(Exchange& exchange, LimitsOf of, const absl::Status& refusal) {
  if (of == &OfReturn) exchange.AddHeader("Refresh", kComeAgainSeconds);
  exchange.Refuse(refusal);
}

}  // namespace

Handler Limited(const Route& route, const Rates& rates, RateLimits& limits, Handler handler) {
  const LimitsOf of = Find(route);
  if (of == nullptr || !handler) return handler;
  const auto next = std::make_shared<const Handler>(std::move(handler));
  return [of, rates, &limits, next](const ExchangePtr& exchange) {
    limits.Take(of(*exchange, rates), [of, next, exchange](const absl::Status& allowed) {
      IsAllowed(of, allowed) ? (*next)(exchange) : RefuseTry(*exchange, of, allowed);
    });
  };
}

}  // namespace bitrade::gateway
