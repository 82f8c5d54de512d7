#include "services/identity/oidc_logins/store.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/common/base/status_macros.h"
#include "services/common/crypto/aead.h"
#include "services/common/crypto/digest.h"
#include "services/common/postgres/values.h"
#include "services/identity/domain/ticket.h"

namespace bitrade::identity {
namespace {

using postgres::Statement;

std::string Place(const LoginId& id) { return absl::StrCat("login/", id.text(), "/oidc"); }

std::string TokenPlace(const SessionId& id) {
  return absl::StrCat("session/", id.text(), "/id_token");
}

// No issuer has a line end: it is a setting of ours.
postgres::Binary HashOf(absl::string_view issuer, absl::string_view name) {
  return postgres::Bytea(crypto::Sha256(absl::StrCat(issuer, "\n", name)));
}

// As text: libpqxx 6 takes no bytes that may be missing.
std::optional<std::string> HexOrNull(absl::string_view issuer, absl::string_view name) {
  if (name.empty()) return std::nullopt;
  return crypto::Sha256Hex(absl::StrCat(issuer, "\n", name));
}

}  // namespace

constexpr Statement kInsert{"oidc_logins_insert", R"sql(
    INSERT INTO oidc_request (login_id, secrets) VALUES ($1, $2))sql"};

void OidcLoginStore::Insert(postgres::Transaction& tx, const LoginId& login,
                            const oidc::LoginSecrets& secrets) {
  const std::string lines = absl::StrCat(secrets.nonce, "\n", secrets.code_verifier);
  tx.Exec(kInsert, login.text(), postgres::Bytea(keyring_.Seal(lines, Place(login))));
}

// At most one row.
constexpr Statement kTake{"oidc_logins_take", R"sql(
    DELETE FROM oidc_request WHERE login_id = $1 RETURNING secrets)sql"};

absl::StatusOr<std::optional<oidc::LoginSecrets>> OidcLoginStore::Take(postgres::Transaction& tx,
                                                                       const LoginId& login) {
  const pqxx::result rows = tx.Exec(kTake, login.text());
  if (rows.empty()) return std::nullopt;
  ASSIGN_OR_RETURN(const std::string lines,
                   keyring_.Open(postgres::ReadBytes(rows[0][0]), Place(login)));
  const std::vector<std::string> parts = absl::StrSplit(lines, '\n');
  if (parts.size() != 2) return Refuse(crypto::kSealBroken);
  return oidc::LoginSecrets{.state = "", .nonce = parts[0], .code_verifier = parts[1]};
}

constexpr Statement kKeepSession{"oidc_logins_keep_session", R"sql(
    INSERT INTO oidc_session (session_id, person_id, subject_hash, provider_session_hash, expire_time, id_token)
    VALUES ($1, $2, $3, decode($4, 'hex'), $5, $6))sql"};

void OidcLoginStore::KeepSession(postgres::Transaction& tx, const Completion& ours,
                                 const ProviderSession& provider, absl::string_view id_token) {
  tx.Exec(kKeepSession, ours.session.text(), ours.person.text(),
          HashOf(provider.issuer, provider.subject),
          HexOrNull(provider.issuer, provider.session_id),
          postgres::TimeParam(ours.time + kSessionTime),
          postgres::Bytea(keyring_.Seal(id_token, TokenPlace(ours.session))));
}

// At most one row.
constexpr Statement kIdTokenOf{"oidc_logins_id_token_of", R"sql(
    SELECT id_token FROM oidc_session WHERE session_id = $1 AND person_id = $2 AND id_token IS NOT NULL)sql"};

absl::StatusOr<std::optional<std::string>> OidcLoginStore::IdTokenOf(postgres::Transaction& tx,
                                                                     const OwnedSession& ours) {
  const pqxx::result rows = tx.Exec(kIdTokenOf, ours.session.text(), ours.person.text());
  if (rows.empty()) return std::nullopt;
  ASSIGN_OR_RETURN(std::string id_token,
                   keyring_.Open(postgres::ReadBytes(rows[0][0]), TokenPlace(ours.session)));
  return id_token;
}

// As many rows as the person has sessions.
constexpr Statement kSessionsOf{"oidc_logins_sessions_of", R"sql(
    SELECT person_id, session_id FROM oidc_session
     WHERE provider_session_hash = decode($1, 'hex') OR ($1 IS NULL AND subject_hash = $2))sql"};

std::vector<OwnedSession> OidcLoginStore::SessionsOf(postgres::Transaction& tx,
                                                     const ProviderSession& provider) {
  std::vector<OwnedSession> sessions;
  for (const auto& row : tx.Exec(kSessionsOf, HexOrNull(provider.issuer, provider.session_id),
                                 HashOf(provider.issuer, provider.subject))) {
    sessions.push_back({PersonId::Trusted(row[0].as<std::string>()),
                        SessionId::Trusted(row[1].as<std::string>())});
  }
  return sessions;
}

constexpr Statement kCount{"oidc_logins_count", R"sql(
    INSERT INTO oidc_logout_token (token_hash, expire_time) VALUES ($1, $2) ON CONFLICT DO NOTHING)sql"};

bool OidcLoginStore::Count(postgres::Transaction& tx, absl::string_view token_id,
                           absl::Time expire_time) {
  return tx.Exec(kCount, postgres::Bytea(crypto::Sha256(token_id)),
                 postgres::TimeParam(expire_time))
             .affected_rows() == 1;
}

constexpr Statement kForget{"oidc_logins_forget", R"sql(
    WITH tokens AS (DELETE FROM oidc_logout_token WHERE expire_time < $1)
    DELETE FROM oidc_session WHERE expire_time < $1)sql"};

// A log-in whose browser never came back is as AsOf says, and keeps no address.
constexpr Statement kExpire{"oidc_logins_expire", R"sql(
    WITH stale AS (SELECT id FROM login WHERE state = 'PENDING' AND method = 'TELIA' AND create_time <= $1
                   ORDER BY id LIMIT 100 FOR UPDATE SKIP LOCKED),
         gone AS (DELETE FROM oidc_request r USING login l
                   WHERE l.id = r.login_id AND (l.state <> 'PENDING' OR l.create_time <= $1))
    UPDATE login SET state = 'FAILED', reason = $2, address = NULL, version = version + 1 FROM stale WHERE login.id = stale.id)sql"};

void OidcLoginStore::Forget(postgres::Transaction& tx, absl::Time now) {
  tx.Exec(kForget, postgres::TimeParam(now));
  tx.Exec(kExpire, postgres::TimeParam(now - kPendingTime), kLoginExpired.name);
}

}  // namespace bitrade::identity
