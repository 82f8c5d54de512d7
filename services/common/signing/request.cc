#include "services/common/signing/request.h"

namespace bitrade::signing {

type::v1::SignatureRequest NewRequest(const Subject& subject, const SignatureId& signature) {
  type::v1::SignatureRequest out;
  out.set_signature_id(signature.text());
  out.set_resource_id(subject.resource_id);
  out.set_version(subject.version);
  out.set_state(type::v1::SignatureRequest::PENDING);
  return out;
}

std::string MethodName(type::v1::SigningMethod method) {
  if (method == type::v1::SIGNING_METHOD_UNSPECIFIED) return "";
  return type::v1::SigningMethod_Name(method);
}

std::string StartName(type::v1::SigningStart start) {
  if (start == type::v1::SIGNING_START_UNSPECIFIED) return "";
  return type::v1::SigningStart_Name(start);
}

}  // namespace bitrade::signing
