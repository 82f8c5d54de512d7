#include "services/identity/signatures/convert.h"

#include <string>
#include <utility>

#include "services/common/base/status_macros.h"
#include "services/common/crypto/digest.h"
#include "services/common/rpc/timestamp.h"
#include "services/identity/domain/address.h"
#include "services/identity/domain/bankid_launch.h"
#include "services/identity/domain/bankid_order.h"
#include "services/identity/domain/statement.h"
#include "services/identity/oidc_logins/messages.h"

namespace bitrade::identity {
namespace {

constexpr char kBeginning[] = "BEGINNING";

void CheckIds(const v1::RequestSignatureRequest& request, Violations& violations) {
  for (const auto& [field, id] : {std::pair("signature_id", &request.signature_id()),
                                  {"person_id", &request.person_id()},
                                  {"resource_id", &request.resource_id()}}) {
    if (!IsUuid(*id)) violations.Add(field, "MALFORMED", "a UUID in lower-case text");
  }
  if (request.resource_version() < 1) violations.Add("resource_version", "OUT_OF_RANGE", "from 1");
}

ToSign ToSignOf(const v1::RequestSignatureRequest& request) {
  return {.visible_text = request.visible_text(),
          .manifest = request.manifest(),
          .address = request.browser().address(),
          .user_agent = request.browser().user_agent(),
          .device_identifier = request.browser().device_identifier()};
}

v1::Signature::State StateToProto(SignatureState state) {
  v1::Signature::State out = v1::Signature::STATE_UNSPECIFIED;
  v1::Signature::State_Parse(std::string(Name(state)), &out);
  return out;
}

v1::SignaturePurpose PurposeToProto(SignaturePurpose purpose) {
  v1::SignaturePurpose out = v1::SIGNATURE_PURPOSE_UNSPECIFIED;
  v1::SignaturePurpose_Parse(std::string(Name(purpose)), &out);
  return out;
}

void ShowBeginning(const Signature& signature, const BankIdOrder& order, absl::Time now,
                   v1::Signature& out) {
  if (ShowsQr(signature.start, signature.hint)) {
    out.set_qr(AnimatedQr(order.qr, now - order.receive_time, &crypto::HmacSha256));
  } else if (ShowsLink(signature.start, signature.hint)) {
    out.set_launch_url(LaunchUrl(signature.method, order.auto_start_token));
    out.set_next(v1::Signature::LAUNCH);
  }
}

}  // namespace

absl::StatusOr<SignatureWish> FromProto(const v1::RequestSignatureRequest& request,
                                        absl::Time now) {
  const auto method = ParseMethod(request.method());
  const auto start = ParseStart(request.start());
  const bool signs = method && KindOf(*method) == SignatureKind::kSignature;
  const auto purpose = ParseSignaturePurpose(v1::SignaturePurpose_Name(request.purpose()));
  Violations violations;
  CheckIds(request, violations);
  if (!method) violations.Add("method", "UNKNOWN", "BANKID, MOBILE_BANKID or TELIA");
  if (!start) violations.Add("start", "UNKNOWN", "SAME_DEVICE or OTHER_DEVICE");
  if (!purpose) violations.Add("purpose", "UNKNOWN", "what is signed");
  CheckStatement(request.visible_text(), request.manifest(), violations);
  if (!IsIpAddress(request.browser().address())) {
    violations.Add("browser.address", "MALFORMED", "an IPv4 or IPv6 address");
  }
  RETURN_IF_ERROR(violations.ToStatus());
  RETURN_IF_ERROR(CheckSignatureOffered(*method, *start, *purpose));
  return SignatureWish{.signature = {.id = SignatureId::Trusted(request.signature_id()),
                                     .person = PersonId::Trusted(request.person_id()),
                                     .method = *method,
                                     .start = *start,
                                     .purpose = *purpose,
                                     .resource = request.resource_id(),
                                     .resource_version = request.resource_version(),
                                     .manifest_sha256 = crypto::Sha256Hex(request.manifest()),
                                     .hint = signs ? kBeginning : "",
                                     .message_key = signs ? "RFA21" : "",
                                     .create_time = now,
                                     .complete_time = std::nullopt},
                       .to_sign = ToSignOf(request)};
}

v1::Signature ToProto(const SeenSignature& seen, absl::Time now) {
  const Signature signature = AsOf(seen.signature, now);
  const bool pending = signature.state == SignatureState::kPending;
  const bool confirms = KindOf(signature.method) == SignatureKind::kConfirmation;
  const BankIdMessage message = confirms ? OidcMessageOf(signature) : MessageOf(signature);
  v1::Signature out;
  out.set_id(signature.id.text());
  out.set_purpose(PurposeToProto(signature.purpose));
  out.set_resource_id(signature.resource);
  out.set_method(std::string(Name(signature.method)));
  out.set_hint(signature.hint);
  out.set_message_key(std::string(message.key));
  out.set_message_swedish(std::string(message.swedish));
  out.set_message_english(std::string(message.english));
  out.set_state(StateToProto(signature.state));
  rpc::SetTime(signature.create_time, *out.mutable_create_time());
  out.set_reason(signature.reason);
  out.set_next(pending ? v1::Signature::POLL : v1::Signature::DONE);
  rpc::SetTime(ExpireTime(signature), *out.mutable_expire_time());
  out.set_manifest_sha256(signature.manifest_sha256);
  if (!pending || signature.cancelling) return out;
  out.add_transitions("CancelSignature");
  if (seen.order) ShowBeginning(signature, *seen.order, now, out);
  if (confirms) {
    out.set_next(v1::Signature::CONFIRM);
    out.set_visible_text(seen.visible_text);
  }
  return out;
}

v1::SignatureFact ToFact(const Signature& stored, absl::Time now) {
  const Signature signature = AsOf(stored, now);
  v1::SignatureFact out;
  out.set_signature_id(signature.id.text());
  out.set_state(StateToProto(signature.state));
  out.set_kind(KindOf(signature.method) == SignatureKind::kSignature ? v1::SIGNATURE
                                                                     : v1::CONFIRMATION);
  out.set_person_id(signature.person.text());
  out.set_purpose(PurposeToProto(signature.purpose));
  out.set_resource_id(signature.resource);
  out.set_resource_version(signature.resource_version);
  out.set_manifest_sha256(signature.manifest_sha256);
  if (signature.complete_time) rpc::SetTime(*signature.complete_time, *out.mutable_time());
  return out;
}

}  // namespace bitrade::identity
