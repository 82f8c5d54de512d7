#include "services/identity/logins/convert.h"

#include <arpa/inet.h>

#include "services/common/base/status_macros.h"
#include "services/common/rpc/timestamp.h"
#include "services/identity/domain/bankid_order.h"

namespace bitrade::identity {
namespace {

constexpr size_t kHashSize = 32;

bool IsIpAddress(const std::string& text) {
  in6_addr address;
  return inet_pton(AF_INET, text.c_str(), &address) == 1 ||
         inet_pton(AF_INET6, text.c_str(), &address) == 1;
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
  if (request.secret_hash().size() != kHashSize) {
    violations.Add("secret_hash", "MALFORMED", "32 bytes");
  }
  if (!IsIpAddress(request.end_user_ip())) {
    violations.Add("end_user_ip", "MALFORMED", "an IPv4 or IPv6 address");
  }
  RETURN_IF_ERROR(violations.ToStatus());
  RETURN_IF_ERROR(CheckOffered(*method, *start));
  return Wish{.method = *method,
              .start = *start,
              .purpose = *purpose,
              .secret_hash = request.secret_hash(),
              .end_user_ip = request.end_user_ip(),
              .user_agent = request.user_agent(),
              .device_identifier = request.device_identifier()};
}

v1::Login ToProto(const Login& stored, const std::string& qr, absl::Time now) {
  const Login login = AsOf(stored, now);
  const BankIdMessage message = MessageOf(login);
  v1::Login out;
  out.set_id(login.id.text());
  out.set_method(std::string(Name(login.method)));
  out.set_hint(login.hint);
  out.set_message_key(std::string(message.key));
  out.set_qr(qr);
  out.set_reason(login.reason);
  out.set_message_swedish(std::string(message.swedish));
  out.set_message_english(std::string(message.english));
  out.set_state(ToProto(login.state));
  rpc::SetTime(login.create_time, *out.mutable_create_time());
  rpc::SetTime(ExpireTime(login), *out.mutable_expire_time());
  return out;
}

}  // namespace bitrade::identity
