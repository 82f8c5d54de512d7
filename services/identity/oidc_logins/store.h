// Keeps what log-ins at an OpenID provider have beside other log-ins.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/common/crypto/keyring.h"
#include "services/common/postgres/transaction.h"
#include "services/identity/domain/login.h"
#include "services/identity/oidc/requests.h"
#include "services/identity/tickets/store.h"

namespace bitrade::identity {

// A session at a provider, by its issuer's words.
struct ProviderSession {
  std::string issuer;
  std::string subject;
  std::string session_id;  // "" where the provider has none
};

class OidcLoginStore {
 public:
  // `keyring` must outlive the store.
  explicit OidcLoginStore(const crypto::Keyring& keyring) : keyring_(keyring) {}

  // Keeps the secrets of a log-in that begins, sealed; of the state nothing.
  void Insert(postgres::Transaction& tx, const LoginId& login, const oidc::LoginSecrets& secrets);

  // Takes them out: they count once. Nothing where they were taken before. Errors: SEAL_BROKEN.
  absl::StatusOr<std::optional<oidc::LoginSecrets>> Take(postgres::Transaction& tx,
                                                         const LoginId& login);

  // Remembers with which session of the provider's ours began, and the ID token, sealed.
  void KeepSession(postgres::Transaction& tx, const Completion& ours,
                   const ProviderSession& provider, absl::string_view id_token);

  // Returns the ID token with which a session began; nothing where it began without. Errors:
  // SEAL_BROKEN.
  absl::StatusOr<std::optional<std::string>> IdTokenOf(postgres::Transaction& tx,
                                                       const OwnedSession& ours);

  // Returns ours that began with the provider's session; with all of the subject's where no session
  // is named.
  std::vector<OwnedSession> SessionsOf(postgres::Transaction& tx, const ProviderSession& provider);

  // Lets a logout token count, until it expires. Returns whether it is the first time.
  bool Count(postgres::Transaction& tx, absl::string_view token_id, absl::Time expire_time);

  // Forgets tokens and sessions that have ended by themselves, and the secrets of log-ins that
  // have; such a one is stored as expired.
  void Forget(postgres::Transaction& tx, absl::Time now);

 private:
  const crypto::Keyring& keyring_;
};

}  // namespace bitrade::identity
