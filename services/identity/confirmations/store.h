// Keeps what confirmations have beside signatures: what binds a browser's return to its
// confirmation, while it is at the provider, and the provider's proof.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/common/crypto/keyring.h"
#include "services/common/postgres/transaction.h"
#include "services/identity/domain/signature.h"
#include "services/identity/oidc/requests.h"

namespace bitrade::identity {

// A browser that has been sent to the provider.
struct SentBrowser {
  SignatureId signature;
  oidc::LoginSecrets secrets;  // without the state, of which we keep a hash
  absl::Time begin_time;
  std::string address = {};  // of the browser; "" for one that was sent before it was kept
};

class ConfirmationStore {
 public:
  // `keyring` must outlive the store.
  explicit ConfirmationStore(const crypto::Keyring& keyring) : keyring_(keyring) {}

  // Keeps the browser with the cookie of `secret_hash` (SHA-256) that is sent to the provider for
  // `sent`; the one that was sent before for the same counts no more.
  void Send(postgres::Transaction& tx, const SentBrowser& sent, absl::string_view secret_hash);

  // Takes out what a browser was sent for: it counts once. Nothing for another browser's or an
  // unknown state. Errors: SEAL_BROKEN.
  absl::StatusOr<std::optional<SentBrowser>> Take(postgres::Transaction& tx,
                                                  absl::string_view state,
                                                  absl::string_view secret_hash);

  // Keeps the provider's ID token, sealed, byte for byte; the first that comes stays.
  void KeepEvidence(postgres::Transaction& tx, const SignatureId& id, absl::string_view id_token);

  // Forgets browsers that were sent before `time` and have not come back.
  void Forget(postgres::Transaction& tx, absl::Time time);

 private:
  const crypto::Keyring& keyring_;
};

}  // namespace bitrade::identity
