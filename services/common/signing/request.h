// A request for a signature, made in the transaction that has what is to be signed locked. The
// first answer and the version that is signed are kept under the client's idempotency key; identity
// is told after the commit (client.h, rpc/change_then.h).
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "bitrade/type/v1/browser.pb.h"
#include "bitrade/type/v1/signature_request.pb.h"
#include "services/common/base/status_macros.h"
#include "services/common/rpc/use_case.h"
#include "services/common/signing/signature.h"

namespace bitrade::signing {

// A signature that a person is asked for.
struct Ask {
  std::string signature_id;
  Subject subject;
  std::string method, start;  // "MOBILE_BANKID", "OTHER_DEVICE"; "" where none was chosen
  ToBeSigned to_be_signed;
  type::v1::Browser browser;
};

// What the client is told, and what identity is, unless the thing has changed since the first
// answer.
struct MadeRequest {
  type::v1::SignatureRequest answer;
  std::optional<Ask> ask;
};

// Returns a new request for the signature of `subject`, which is PENDING.
type::v1::SignatureRequest NewRequest(const Subject& subject, const SignatureId& signature);

// Returns the names of a choice; "" where there is none.
std::string MethodName(type::v1::SigningMethod method);
std::string StartName(type::v1::SigningStart start);

// Freezes `subject`, which is locked and seen, for its signature. `make()` returns
// StatusOr<ToBeSigned>. `Request` has method, start, browser, etag and idempotency_key.
// Errors: ETAG_MISMATCH, those of Changing::Once and of `make`.
template <typename Request, typename Make>
absl::StatusOr<MadeRequest> MakeRequest(rpc::Changing& changing, const Request& request,
                                        const Subject& subject, Make make) {
  // The person may go on in another browser.
  Request remembered = request;
  remembered.clear_browser();
  const auto first = [&]() -> absl::StatusOr<type::v1::SignatureRequest> {
    if (request.etag() != absl::StrCat(subject.version)) return Refuse(kEtagMismatch);
    return NewRequest(subject, changing.NewId<SignatureId>());
  };
  ASSIGN_OR_RETURN(
      type::v1::SignatureRequest answer,
      changing.Once<type::v1::SignatureRequest>(request.idempotency_key(), remembered, first));
  if (answer.version() != subject.version) return MadeRequest{std::move(answer), std::nullopt};
  ASSIGN_OR_RETURN(ToBeSigned to_be_signed, make());
  Ask ask{.signature_id = answer.signature_id(),
          .subject = subject,
          .method = MethodName(request.method()),
          .start = StartName(request.start()),
          .to_be_signed = std::move(to_be_signed),
          .browser = request.browser()};
  return MadeRequest{std::move(answer), std::move(ask)};
}

}  // namespace bitrade::signing
