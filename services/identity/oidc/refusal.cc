#include "services/identity/oidc/refusal.h"

#include <string>

namespace bitrade::identity::oidc {

const Reason kOidcAnswerRefused{
    "OIDC_ANSWER_REFUSED",
    absl::StatusCode::kInternal,
    {"Answer refused", "The answer that came from the e-legitimation's provider does not hold."},
    {"Svaret godtas inte", "Svaret från e-legitimationens utfärdare håller inte."}};

const char* Name(Fault fault) {
  constexpr const char* kNames[] = {"SIZE",      "FORM",       "ALGORITHM",   "CRITICAL",
                                    "TYPE",      "KEY_ID",     "KEY_UNKNOWN", "KEY",
                                    "SIGNATURE", "ISSUER",     "AUDIENCE",    "AUTHORIZED_PARTY",
                                    "EXPIRED",   "ISSUE_TIME", "NONCE",       "AUTH_TIME",
                                    "LEVEL",     "NUMBER",     "PROVIDER",    "ACCESS_TOKEN_HASH",
                                    "SUBJECT",   "EVENT",      "TOKEN_ID",    "ENDPOINT",
                                    "CAPABILITY"};
  return kNames[static_cast<size_t>(fault)];
}

absl::Status Refused(Fault fault) { return Refuse(kOidcAnswerRefused, {{"fault", Name(fault)}}); }

std::string FaultOf(const absl::Status& status) {
  const ErrorDetails details = DetailsOf(status);
  if (details.reason != kOidcAnswerRefused.name || details.metadata.empty()) return "";
  return details.metadata.front().second;
}

}  // namespace bitrade::identity::oidc
