// The signature that a cost statement is filed with.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/billing/domain/cost_statement.h"
#include "services/common/error/error.h"

namespace bitrade::billing {

extern const Reason kSignatureNotComplete;
extern const Reason kSignatureOfSomethingElse;
extern const Reason kChangedSinceSignature;

// What identity knows of a signature.
struct SignatureFact {
  std::string signature_id;
  bool complete = false;
  bool is_signature = false;        // no mere confirmation
  bool for_cost_statement = false;  // given to file one
  std::string person_id, resource_id;
  int64_t version = 0;
  std::string manifest_sha256;
};

// Checks that `fact` is the counsel's signature of this draft with this manifest. Errors:
// SIGNATURE_NOT_COMPLETE, SIGNATURE_OF_SOMETHING_ELSE, CHANGED_SINCE_SIGNATURE.
absl::Status CheckSignature(const SignatureFact& fact, const CostStatement& draft,
                            absl::string_view manifest_sha256);

}  // namespace bitrade::billing
