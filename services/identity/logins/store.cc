#include "services/identity/logins/store.h"

#include "absl/strings/str_cat.h"
#include "services/common/base/status_macros.h"
#include "services/common/postgres/values.h"

namespace bitrade::identity {
namespace {

using postgres::Statement;

std::string Place(const LoginId& id, absl::string_view column) {
  return absl::StrCat("login/", id.text(), "/", column);
}

std::optional<std::string> BoolParam(const std::optional<bool>& value) {
  if (!value) return std::nullopt;
  return *value ? "true" : "false";
}

std::optional<Login> ReadOne(const pqxx::result& rows) {
  if (rows.empty()) return std::nullopt;
  return ReadLogin(rows[0]);
}

}  // namespace

// The names are ours, and constraints keep them so.
Login ReadLogin(const pqxx::row& row) {
  Login login{.id = LoginId::Trusted(row[0].as<std::string>()),
              .method = *ParseMethod(row[1].as<std::string>()),
              .start = *ParseStart(row[2].as<std::string>()),
              .purpose = *ParsePurpose(row[3].as<std::string>()),
              .state = *ParseLoginState(row[4].as<std::string>()),
              .hint = row[5].as<std::string>(),
              .message_key = row[6].as<std::string>(),
              .reason = row[7].as<std::string>(),
              .create_time = postgres::ReadTime(row[9]),
              .completion = std::nullopt,
              .return_time = postgres::ReadOptionalTime(row[14]),
              .return_page = row[15].as<std::string>(),
              .version = row[8].as<int64_t>()};
  if (login.state == LoginState::kComplete) {
    login.completion = Completion{.person = PersonId::Trusted(row[11].as<std::string>()),
                                  .session = SessionId::Trusted(row[12].as<std::string>()),
                                  .certificate_policy = row[13].as<std::string>(),
                                  .time = postgres::ReadTime(row[10])};
  }
  return login;
}

constexpr Statement kInsert{"logins_insert", R"sql(
    INSERT INTO login (id, secret_hash, method, start, purpose, state, hint, message_key, reason, version, create_time,
                       replaces, nonce_hash, return_page, address)
    VALUES ($1, $2, $3, $4, $5, 'PENDING', $6, $7, '', $8, $9, nullif($10, ''::bytea), nullif($11, ''::bytea), $12, $13)
    ON CONFLICT DO NOTHING)sql"};

bool LoginStore::Insert(postgres::Transaction& tx, const Login& login,
                        const LoginBrowser& browser) {
  return tx.Exec(kInsert, login.id.text(), postgres::Bytea(browser.secret_hash),
                 std::string(Name(login.method)), std::string(Name(login.start)),
                 std::string(Name(login.purpose)), login.hint, login.message_key, login.version,
                 postgres::TimeParam(login.create_time), postgres::Bytea(browser.earlier_hash),
                 postgres::Bytea(browser.nonce_hash), login.return_page,
                 postgres::Bytea(keyring_.Seal(browser.address, Place(login.id, "address"))))
             .affected_rows() == 1;
}

// At most one row.
constexpr Statement kFind{"logins_find", "SELECT " BITRADE_LOGIN_COLUMNS
                                         ", l.name, o.secrets, o.receive_time FROM login l "
                                         "LEFT JOIN bankid_order o ON o.login_id = l.id "
                                         "WHERE l.id = $1 AND l.secret_hash = $2"};

absl::StatusOr<std::optional<SeenLogin>> LoginStore::Find(postgres::Transaction& tx,
                                                          const LoginId& id,
                                                          absl::string_view secret_hash) {
  const pqxx::result rows = tx.Exec(kFind, id.text(), postgres::Bytea(secret_hash));
  if (rows.empty()) return std::nullopt;
  const auto name = rows[0][kLoginColumns];
  const auto secrets = rows[0][kLoginColumns + 1];
  SeenLogin seen{.login = ReadLogin(rows[0]), .name = "", .order = std::nullopt};
  if (!name.is_null()) {
    ASSIGN_OR_RETURN(seen.name, keyring_.Open(postgres::ReadBytes(name), Place(id, "name")));
  }
  if (!secrets.is_null()) {
    ASSIGN_OR_RETURN(seen.order, OpenOrder(postgres::ReadBytes(secrets), id, keyring_));
    seen.order->receive_time = postgres::ReadTime(rows[0][kLoginColumns + 2]);
  }
  return seen;
}

// At most one row.
constexpr Statement kLockSeen{"logins_lock_seen", "SELECT " BITRADE_LOGIN_COLUMNS
                                                  " FROM login l WHERE l.id = $1 "
                                                  "AND l.secret_hash = $2 FOR UPDATE"};

std::optional<Login> LoginStore::Lock(postgres::Transaction& tx, const LoginId& id,
                                      absl::string_view secret_hash) {
  return ReadOne(tx.Exec(kLockSeen, id.text(), postgres::Bytea(secret_hash)));
}

// At most one row.
constexpr Statement kLock{
    "logins_lock", "SELECT " BITRADE_LOGIN_COLUMNS " FROM login l WHERE l.id = $1 FOR UPDATE"};

std::optional<Login> LoginStore::Lock(postgres::Transaction& tx, const LoginId& id) {
  return ReadOne(tx.Exec(kLock, id.text()));
}

// Rarely more than one row.
constexpr Statement kLockPending{"logins_lock_pending",
                                 "SELECT " BITRADE_LOGIN_COLUMNS
                                 " FROM login l WHERE (l.secret_hash IN ($1, $2) "
                                 "OR l.replaces = $2) AND l.state = 'PENDING' "
                                 "ORDER BY l.id FOR UPDATE"};

std::vector<Login> LoginStore::LockPending(postgres::Transaction& tx, const LoginBrowser& browser) {
  std::vector<Login> pending;
  for (const auto& row : tx.Exec(kLockPending, postgres::Bytea(browser.secret_hash),
                                 postgres::Bytea(browser.earlier_hash))) {
    pending.push_back(ReadLogin(row));
  }
  return pending;
}

// At most one row.
constexpr Statement kLockReturning{"logins_lock_returning", "SELECT " BITRADE_LOGIN_COLUMNS
                                                            " FROM login l WHERE l.nonce_hash = $2 "
                                                            "AND l.secret_hash = $1 FOR UPDATE"};

std::optional<Login> LoginStore::LockReturning(postgres::Transaction& tx,
                                               absl::string_view secret_hash,
                                               absl::string_view nonce_hash) {
  return ReadOne(
      tx.Exec(kLockReturning, postgres::Bytea(secret_hash), postgres::Bytea(nonce_hash)));
}

// At most one row.
constexpr Statement kAddressOf{"logins_address_of", R"sql(
    SELECT address FROM login WHERE id = $1 AND address IS NOT NULL)sql"};

absl::StatusOr<std::string> LoginStore::AddressOf(postgres::Transaction& tx, const LoginId& id) {
  const pqxx::result rows = tx.Exec(kAddressOf, id.text());
  if (rows.empty()) return std::string();
  return keyring_.Open(postgres::ReadBytes(rows[0][0]), Place(id, "address"));
}

constexpr Statement kSave{"logins_save", R"sql(
    UPDATE login SET state = $2, hint = $3, message_key = $4, reason = $5, return_time = $6, version = version + 1,
           address = CASE $2 WHEN 'PENDING' THEN address END
     WHERE id = $1)sql"};

void LoginStore::Save(postgres::Transaction& tx, const Login& login) {
  tx.Exec(kSave, login.id.text(), std::string(Name(login.state)), login.hint, login.message_key,
          login.reason, postgres::TimeParam(login.return_time));
}

constexpr Statement kSaveComplete{"logins_save_complete", R"sql(
    UPDATE login SET state = 'COMPLETE', hint = '', message_key = '', version = version + 1, complete_time = $2,
           person_id = $3, session_id = $4, certificate_policy = $5, name = $6, address_differs = $7, address = NULL
     WHERE id = $1)sql"};

void LoginStore::SaveComplete(postgres::Transaction& tx, const Login& login,
                              const LoginProof& proof) {
  const Completion& completion = *login.completion;
  tx.Exec(kSaveComplete, login.id.text(), postgres::TimeParam(completion.time),
          completion.person.text(), completion.session.text(), completion.certificate_policy,
          postgres::Bytea(keyring_.Seal(proof.name, Place(login.id, "name"))),
          BoolParam(proof.address_differs));
}

}  // namespace bitrade::identity
