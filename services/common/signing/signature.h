// Signatures by e-legitimation, for every service that owns something that is signed: what is put
// before a person, what identity knows of a signature, and whether that is a signature of just
// this.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/common/base/id.h"
#include "services/common/error/error.h"

namespace bitrade::signing {

using SignatureId = Id<struct SignatureTag>;

extern const Reason kSignatureNotComplete;
extern const Reason kSignatureOfSomethingElse;
extern const Reason kChangedSinceSignature;

// For what a signature is given, as identity names it; none can be used for another.
inline constexpr char kCostStatementFiling[] = "COST_STATEMENT_FILING";
inline constexpr char kDelegation[] = "DELEGATION";
inline constexpr char kPayoutAccountChange[] = "PAYOUT_ACCOUNT_CHANGE";

// One thing in one version, and the one person who may sign it.
struct Subject {
  std::string purpose;
  std::string person_id;
  std::string resource_id;
  int64_t version = 0;
};

// What the person signs: to be read, and the whole.
struct ToBeSigned {
  std::string visible_text;  // at most 30 000 bytes
  std::string manifest;      // canonical: the same thing gives the same bytes
};

// What identity knows of a signature.
struct Fact {
  std::string signature_id;
  bool complete = false;
  bool is_signature = false;  // no mere confirmation
  Subject subject;
  std::string manifest_sha256;  // lower-case hexadecimal
  absl::Time time;              // when it was signed, of one that is complete
};

// Checks that `fact` is the signature of this version of this thing, with a manifest of this
// digest, by the person who may sign it. Errors: SIGNATURE_NOT_COMPLETE,
// SIGNATURE_OF_SOMETHING_ELSE, CHANGED_SINCE_SIGNATURE.
absl::Status Check(const Fact& fact, const Subject& subject, absl::string_view manifest_sha256);

}  // namespace bitrade::signing
