// BankID's XML signature: exactly the elements that BankID writes, in their places, under BankID's
// algorithms and the key of the first certificate in it. Who that is and what it says is for others
// to judge.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bitrade::identity {

// What is signed. Data are as they stand there, in base64; nothing where the element is missing.
struct SignedStatement {
  std::vector<std::string> certificates;  // DER: the person's, the customers' CA's, the bank's CA's
  std::optional<std::string> visible_data;
  std::optional<std::string> non_visible_data;
  std::string relying_party;  // srvInfo/name in clear
  std::string function;       // "Identification", "Signing"
};

// Returns what a signature says once it has been verified. The three certificates are not judged.
//
// Errors: BANKID_EVIDENCE_REFUSED (XML, STRUCTURE, ALGORITHM, SIGNATURE).
absl::StatusOr<SignedStatement> ReadXmlSignature(absl::string_view xml);

}  // namespace bitrade::identity
