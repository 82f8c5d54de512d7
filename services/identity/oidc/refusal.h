// Why an answer of an OpenID provider is not believed.
#pragma once

#include "absl/status/status.h"
#include "services/common/error/error.h"

namespace bitrade::identity::oidc {

// A token or document of the provider's that does not hold. Its metadata has `fault`, the name of a
// Fault. Nobody logs in by it, and an operator must know.
extern const Reason kOidcAnswerRefused;

// What is wrong.
enum class Fault {
  kSize,             // longer than any good one
  kForm,             // not three parts of base64url, no JSON object, or a member twice
  kAlgorithm,        // none that we accept: `none`, a MAC, another hash
  kCritical,         // extensions that we would have to understand
  kType,             // another kind of token
  kKeyId,            // does not say which of several keys
  kKeyUnknown,       // of a key that the provider does not publish
  kKey,              // of a key that is not for this
  kSignature,        // of another text or by another key
  kIssuer,           // by somebody else
  kAudience,         // for somebody else
  kAuthorizedParty,  // for several, and got by another than us
  kExpired,          // too late
  kIssueTime,        // from the future, too old, or valid for too long
  kNonce,            // of another log-in
  kAuthTime,         // the person did not just authenticate
  kLevel,            // assurance that we did not ask for
  kNumber,           // no identity number, two, or one that cannot be or is not accepted
  kProvider,         // by another e-legitimation than was asked for
  kAccessTokenHash,  // belongs to another access token
  kSubject,          // about somebody else
  kEvent,            // not about a log-out
  kTokenId,          // without an id, or seen before
  kEndpoint,         // an address that is not https
  kCapability,       // the provider cannot do what we need
};

// "SIZE", "ACCESS_TOKEN_HASH".
const char* Name(Fault fault);

// Returns the refusal with `fault`.
absl::Status Refused(Fault fault);

// Returns the fault's name in a refusal that Refused made; "" for any other status.
std::string FaultOf(const absl::Status& status);

}  // namespace bitrade::identity::oidc
