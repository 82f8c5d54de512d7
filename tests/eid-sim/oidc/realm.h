// What the provider knows beside its log-ins: its name, its keys, who its relying parties are, and
// which assertions it has seen.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "tests/eid-sim/oidc/client.h"
#include "tests/eid-sim/oidc/request_object.h"
#include "tests/eid-sim/oidc/signing_keys.h"

namespace bitrade::eidsim::oidc {

struct ProviderSettings {
  std::string algorithm = "ES256";  // of ID tokens, UserInfo and logout tokens
  std::string auto_approve;         // personal number of whoever logs in without being asked
  std::string authn_provider = "https://telia.example/eid";
  RequestObject object = RequestObject::kRequired;
};

// What is needed to make tokens.
struct Issuing {
  std::string issuer;
  std::string authn_provider;
  SigningKey key;
  SigningKey other_key;  // of another type
  absl::Time now;
};

// Thread-safe.
class Realm {
 public:
  void SetIssuer(absl::string_view issuer);
  std::string issuer();

  ProviderSettings settings();
  void Set(const ProviderSettings& settings);

  void PutClient(const Client& client);
  // Errors: NOT_FOUND.
  absl::StatusOr<Client> FindClient(absl::string_view id);

  // See SigningKeys.
  absl::StatusOr<SigningKey> AddKey(absl::string_view algorithm);
  absl::Status RetireKey(absl::string_view kid);
  std::string Jwks();
  std::vector<PublicKey> PublicKeys();

  Issuing IssuingAt(absl::Time now);

  // Notes the name of an assertion until `expiry`; false when it has been seen.
  bool UseOnce(const std::string& jti, absl::Time expiry, absl::Time now);

 private:
  std::mutex mutex_;
  std::string issuer_;
  ProviderSettings settings_;
  SigningKeys keys_;
  std::map<std::string, Client, std::less<>> clients_;
  std::map<std::string, absl::Time> used_;
};

}  // namespace bitrade::eidsim::oidc
