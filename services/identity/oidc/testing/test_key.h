// A provider's key whose private half tests have, and tokens that it signs, good and bad.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "services/identity/oidc/key_set.h"

namespace bitrade::identity::oidc {

class TestKey {
 public:
  static TestKey Rsa(const std::string& id, unsigned bits = 2048);
  static TestKey Ec(const std::string& id);

  // The public half; `more` is written into it: `,"use":"enc"`.
  std::string Jwk(absl::string_view more = "") const;
  // The private half.
  std::string Pem() const;
  // The public half, which a confused reader would take for a secret.
  std::string PublicPem() const;

  // Signs `text` by `algorithm`, raw as in a JWS.
  std::string Sign(Algorithm algorithm, absl::string_view text) const;
  // A token with any header and claims.
  std::string Token(Algorithm algorithm, absl::string_view header, absl::string_view claims) const;
  // One as a good provider writes it: ES256 or RS256, with the key's id.
  std::string Token(absl::string_view claims) const;

 private:
  TestKey(std::string id, std::shared_ptr<void> key);

  std::string id_;
  std::shared_ptr<void> key_;
  bool is_rsa_ = false;
};

// A set of JSON Web Keys.
KeySet SetOf(std::initializer_list<std::string> jwks);

// Claims by name, each value in JSON: {"nonce", "\"n\""}.
using TestClaims = std::map<std::string, std::string>;
std::string ToJson(const TestClaims& claims);

}  // namespace bitrade::identity::oidc
