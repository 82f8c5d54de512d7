// BankID's requests and answers as values, and their JSON. Members and codes that BankID adds later
// are passed over.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/identity/domain/bankid_qr.h"

namespace bitrade::identity {

// What /auth is asked. An empty text leaves its member out.
struct AuthRequest {
  std::string end_user_ip;                        // of the browser, as we see it
  std::vector<std::string> certificate_policies;  // see CertificatePolicies()
  std::string visible_text;       // UTF-8: why the person identifies; at most 1125 bytes
  std::string return_url;         // for the same device alone, with a nonce; at most 512 bytes
  std::string referring_domain;   // of the page: a–z, 0–9, "." and "-"
  std::string user_agent;         // of the browser; cut to 256 bytes
  std::string device_identifier;  // the same for one browser over sessions; cut to 64 bytes
};

// What /sign is asked: the same, where `visible_text` is what is signed, at most 30 000 bytes.
struct SignRequest {
  AuthRequest order;
  std::string personal_number;  // twelve digits: nobody else may sign
  std::string hidden_data;      // signed unseen; at most 150 000 bytes
};

// Of both.
struct AuthAnswer {
  std::string order_ref;         // never leaves the service
  std::string auto_start_token;  // for the same device
  QrSecrets qr;                  // for another device
};

// Whom BankID identified, and the evidence of it. Personal data throughout.
struct BankIdCompletion {
  std::string personal_number;  // twelve digits
  std::string name;
  std::string given_name;
  std::string surname;
  std::string device_ip;
  std::string issue_date;     // "2025-08-09Z"; may be ""
  std::string signature;      // base64 of XMLDSig, as it came
  std::string ocsp_response;  // base64 of DER, as it came
  std::string risk;           // "low", "moderate", "high"; "" when BankID could not tell
};

// How far an order is. `status` and `hint` are for InterpretOrder; `completion` is set when the
// status is "complete".
struct CollectAnswer {
  std::string status;
  std::string hint;
  std::optional<BankIdCompletion> completion;
};

// Bodies of requests. The risk is always asked for.
std::string AuthJson(const AuthRequest& request);
std::string SignJson(const SignRequest& request);
std::string OrderJson(absl::string_view order_ref);

// Errors of both: INTERNAL for a text that is not such an answer; it says which member is missing.
absl::StatusOr<AuthAnswer> ParseAuthAnswer(absl::string_view json);
absl::StatusOr<CollectAnswer> ParseCollectAnswer(absl::string_view json);

// Returns the code of an error answer; "" for HTML and the like.
std::string ParseErrorCode(absl::string_view json);

}  // namespace bitrade::identity
