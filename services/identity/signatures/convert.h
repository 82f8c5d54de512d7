// Signatures on the wire.
#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "bitrade/identity/v1/signature_service.pb.h"
#include "services/identity/signatures/store.h"

namespace bitrade::identity {

// A signature as its owner asks for it.
struct SignatureWish {
  Signature signature;
  ToSign to_sign;
};

// Reads what is asked at `now`. Errors: INVALID_REQUEST with every fault,
// SIGNATURE_METHOD_UNAVAILABLE.
absl::StatusOr<SignatureWish> FromProto(const v1::RequestSignatureRequest& request, absl::Time now);

// Returns a signature as its person sees it at `now`, with what is to be scanned or opened in this
// second.
v1::Signature ToProto(const SeenSignature& seen, absl::Time now);

// Returns the fact as it stands at `now`.
v1::SignatureFact ToFact(const Signature& stored, absl::Time now);

}  // namespace bitrade::identity
