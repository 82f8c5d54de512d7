// Keeps log-ins. A browser sees only what it holds the secret of.
#pragma once

#include <optional>
#include <string>
#include <vector>

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
  "l.certificate_policy, l.return_time, l.return_page"
constexpr int kLoginColumns = 16;
Login ReadLogin(const pqxx::row& row);

// A log-in as its own browser sees it.
struct SeenLogin {
  Login login;
  std::string name;                  // the person's, as the provider tells it; once complete
  std::optional<BankIdOrder> order;  // while somebody asks about it
};

// What binds a log-in to the browser that begins it. Hashes are SHA-256.
struct LoginBrowser {
  std::string secret_hash;   // of its log-in cookie
  std::string earlier_hash;  // of the one that it had before; "" for none
  std::string nonce_hash;    // of what it brings when it comes back; "" where it does not
  std::string address;       // from which it asks
};

// What came out of a completed order beside the person.
struct LoginProof {
  std::string name;                     // as the provider tells it
  std::optional<bool> address_differs;  // nothing where nobody compared
};

class LoginStore {
 public:
  // `keyring` must outlive the store.
  explicit LoginStore(const crypto::Keyring& keyring) : keyring_(keyring) {}

  // Enters a log-in for its browser. Returns whether it did: not when the browser has another open.
  bool Insert(postgres::Transaction& tx, const Login& login, const LoginBrowser& browser);

  // Returns a log-in to the holder of its secret. Errors: SEAL_BROKEN.
  absl::StatusOr<std::optional<SeenLogin>> Find(postgres::Transaction& tx, const LoginId& id,
                                                absl::string_view secret_hash);

  // The same, locked until the transaction ends.
  std::optional<Login> Lock(postgres::Transaction& tx, const LoginId& id,
                            absl::string_view secret_hash);

  // Locks a log-in for ourselves.
  std::optional<Login> Lock(postgres::Transaction& tx, const LoginId& id);

  // Locks what a browser has pending: what it began with one of its two secrets, and what took the
  // place of the earlier one's.
  std::vector<Login> LockPending(postgres::Transaction& tx, const LoginBrowser& browser);

  // Locks the log-in to which both the secret and the nonce of a browser belong.
  std::optional<Login> LockReturning(postgres::Transaction& tx, absl::string_view secret_hash,
                                     absl::string_view nonce_hash);

  // Returns the address from which a pending log-in was asked for; "" for one that was begun before
  // addresses were kept. Errors: SEAL_BROKEN.
  absl::StatusOr<std::string> AddressOf(postgres::Transaction& tx, const LoginId& id);

  // Stores how a locked log-in has moved, but for its completion.
  void Save(postgres::Transaction& tx, const Login& login);

  // Stores the completion of a locked log-in.
  void SaveComplete(postgres::Transaction& tx, const Login& login, const LoginProof& proof);

 private:
  const crypto::Keyring& keyring_;
};

}  // namespace bitrade::identity
