#include "services/identity/logins/convert.h"

#include "services/common/base/status_macros.h"
#include "services/common/rpc/timestamp.h"
#include "services/identity/domain/address.h"
#include "services/identity/domain/bankid_order.h"
#include "services/identity/oidc_logins/messages.h"

namespace bitrade::identity {
namespace {

constexpr size_t kHashSize = 32;
constexpr size_t kLongestPage = 300;

void CheckBrowser(const v1::StartLoginRequest& request, Violations& violations) {
  if (request.secret_hash().size() != kHashSize) {
    violations.Add("secret_hash", "MALFORMED", "32 bytes");
  }
  const size_t earlier = request.earlier_hash().size();
  if (earlier != 0 && earlier != kHashSize) {
    violations.Add("earlier_hash", "MALFORMED", "32 bytes or none");
  }
  if (!IsIpAddress(request.end_user_ip())) {
    violations.Add("end_user_ip", "MALFORMED", "an IPv4 or IPv6 address");
  }
}

v1::Login::State ToProto(LoginState state) {
  switch (state) {
    case LoginState::kPending:
      return v1::Login::PENDING;
    case LoginState::kComplete:
      return v1::Login::COMPLETE;
    case LoginState::kFailed:
      return v1::Login::FAILED;
    case LoginState::kCancelled:
      return v1::Login::CANCELLED;
  }
  return v1::Login::STATE_UNSPECIFIED;
}

}  // namespace

absl::StatusOr<Wish> FromProto(const v1::StartLoginRequest& request) {
  const auto method = ParseMethod(request.method());
  const auto start = ParseStart(request.start());
  const auto purpose = ParsePurpose(request.purpose());
  Violations violations;
  if (!method) violations.Add("method", "UNKNOWN", "BANKID, MOBILE_BANKID or TELIA");
  if (!start) violations.Add("start", "UNKNOWN", "SAME_DEVICE or OTHER_DEVICE");
  if (!purpose) violations.Add("purpose", "UNKNOWN", "ENTER or REGISTER_APPLICATION");
  CheckBrowser(request, violations);
  if (request.return_page().size() > kLongestPage) {
    violations.Add("return_page", "TOO_LONG", "at most 300 bytes");
  }
  RETURN_IF_ERROR(violations.ToStatus());
  RETURN_IF_ERROR(CheckOffered(*method, *start));
  return Wish{.method = *method,
              .start = *start,
              .purpose = *purpose,
              .browser = {.secret_hash = request.secret_hash(),
                          .earlier_hash = request.earlier_hash(),
                          .nonce_hash = "",
                          .address = request.end_user_ip()},
              .user_agent = request.user_agent(),
              .device_identifier = request.device_identifier(),
              .return_page = request.return_page()};
}

v1::Login ToProto(const Login& stored, const Opening& opening, absl::Time now) {
  const Login login = AsOf(stored, now);
  const BankIdMessage message =
      login.method == Method::kTelia ? OidcMessageOf(login) : MessageOf(login);
  v1::Login out;
  out.set_id(login.id.text());
  out.set_method(std::string(Name(login.method)));
  out.set_hint(login.hint);
  out.set_message_key(std::string(message.key));
  out.set_qr(opening.qr);
  out.set_launch_url(opening.launch_url);
  out.set_awaits_return(AwaitsReturn(login));
  out.set_return_page(login.return_page);
  out.set_reason(login.reason);
  out.set_message_swedish(std::string(message.swedish));
  out.set_message_english(std::string(message.english));
  out.set_state(ToProto(login.state));
  rpc::SetTime(login.create_time, *out.mutable_create_time());
  rpc::SetTime(ExpireTime(login), *out.mutable_expire_time());
  return out;
}

}  // namespace bitrade::identity
