#include "tests/eid-sim/oidc/signing_keys.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/common/crypto/digest.h"
#include "tests/eid-sim/oidc/jose_algorithms.h"

namespace bitrade::eidsim::oidc {
namespace {

constexpr size_t kKidBytes = 8;

SigningKey Fresh(absl::string_view algorithm) {
  return {absl::BytesToHexString(crypto::RandomBytes(kKidBytes)), std::string(algorithm),
          NewKeyFor(algorithm)};
}

}  // namespace

SigningKeys::SigningKeys() : keys_({Fresh("ES256"), Fresh("RS256")}) {}

absl::StatusOr<SigningKey> SigningKeys::Add(absl::string_view algorithm) {
  if (algorithm != "ES256" && algorithm != "RS256" && algorithm != "PS256") {
    return absl::InvalidArgumentError("Invalid alg");
  }
  keys_.push_back(Fresh(algorithm));
  return keys_.back();
}

absl::Status SigningKeys::Retire(absl::string_view kid) {
  const auto retired = std::find_if(keys_.begin(), keys_.end(),
                                    [&](const SigningKey& key) { return key.kid == kid; });
  if (retired == keys_.end()) return absl::NotFoundError("no such key");
  const auto alike = std::count_if(keys_.begin(), keys_.end(), [&](const SigningKey& key) {
    return key.algorithm == retired->algorithm;
  });
  if (alike == 1) return absl::FailedPreconditionError("the last key of its algorithm");
  keys_.erase(retired);
  return absl::OkStatus();
}

const SigningKey& SigningKeys::Newest(absl::string_view algorithm) {
  const auto newest = std::find_if(keys_.rbegin(), keys_.rend(), [&](const SigningKey& key) {
    return key.algorithm == algorithm;
  });
  if (newest != keys_.rend()) return *newest;
  keys_.push_back(Fresh(algorithm));
  return keys_.back();
}

std::vector<PublicKey> SigningKeys::PublicKeys() const {
  std::vector<PublicKey> keys;
  for (const SigningKey& key : keys_) keys.push_back({key.kid, key.key});
  return keys;
}

std::string SigningKeys::Jwks() const {
  std::vector<std::string> jwks;
  for (const SigningKey& key : keys_) {
    jwks.push_back(PublicJwk(*key.key)
                       .Text("use", "sig")
                       .Text("alg", key.algorithm)
                       .Text("kid", key.kid)
                       .Object());
  }
  return JsonMembers().Json("keys", JsonArray(jwks)).Object();
}

}  // namespace bitrade::eidsim::oidc
