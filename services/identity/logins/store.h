// Keeps log-ins. A browser sees only what it holds the secret of.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/common/crypto/keyring.h"
#include "services/common/postgres/transaction.h"
#include "services/identity/domain/login.h"
#include "services/identity/orders/store.h"

namespace bitrade::identity {

// What ReadLogin reads from a row that begins with them; `l` is the table.
#define BITRADE_LOGIN_COLUMNS                                                      \
  "l.id, l.method, l.start, l.purpose, l.state, l.hint, l.message_key, l.reason, " \
  "l.version, l.create_time, l.complete_time, l.person_id, l.session_id, "         \
  "l.certificate_policy"
constexpr int kLoginColumns = 14;
Login ReadLogin(const pqxx::row& row);

// A log-in as its own browser sees it.
struct SeenLogin {
  Login login;
  std::string name;                  // the person's, as the provider tells it; once complete
  std::optional<BankIdOrder> order;  // while somebody asks about it
};

class LoginStore {
 public:
  // `keyring` must outlive the store.
  explicit LoginStore(const crypto::Keyring& keyring) : keyring_(keyring) {}

  // Enters a log-in for whoever holds the secret with SHA-256 `secret_hash`.
  void Insert(postgres::Transaction& tx, const Login& login, absl::string_view secret_hash);

  // Returns a log-in to the holder of its secret. Errors: SEAL_BROKEN.
  absl::StatusOr<std::optional<SeenLogin>> Find(postgres::Transaction& tx, const LoginId& id,
                                                absl::string_view secret_hash);

  // The same, locked until the transaction ends.
  std::optional<Login> Lock(postgres::Transaction& tx, const LoginId& id,
                            absl::string_view secret_hash);

  // Locks a log-in for ourselves.
  std::optional<Login> Lock(postgres::Transaction& tx, const LoginId& id);

  // Locks the one pending log-in of a browser.
  std::optional<Login> LockPending(postgres::Transaction& tx, absl::string_view secret_hash);

  // Stores how a locked log-in that is not complete has moved.
  void Save(postgres::Transaction& tx, const Login& login);

  // Stores the completion of a locked log-in, with the person's name.
  void SaveComplete(postgres::Transaction& tx, const Login& login, absl::string_view name);

 private:
  const crypto::Keyring& keyring_;
};

}  // namespace bitrade::identity
