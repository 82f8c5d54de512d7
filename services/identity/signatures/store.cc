#include "services/identity/signatures/store.h"

#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "services/common/base/status_macros.h"
#include "services/common/crypto/aead.h"
#include "services/common/crypto/digest.h"
#include "services/common/postgres/values.h"

namespace bitrade::identity {
namespace {

using postgres::Statement;

#define SIGNATURE_COLUMNS                                                                      \
  "s.id, s.person_id, s.method, s.start, s.purpose, s.resource_id, s.resource_version, "       \
  "s.manifest_sha256, s.state, s.cancelling, s.hint, s.message_key, s.reason, s.create_time, " \
  "s.complete_time, s.certificate_policy"
constexpr int kColumns = 16;

std::string Place(const SignatureId& id, absl::string_view column) {
  return absl::StrCat("signature/", id.text(), "/", column);
}

// The names are ours, and constraints keep them so.
Signature ReadSignature(const pqxx::row& row) {
  return {.id = SignatureId::Trusted(row[0].as<std::string>()),
          .person = PersonId::Trusted(row[1].as<std::string>()),
          .method = *ParseMethod(row[2].as<std::string>()),
          .start = *ParseStart(row[3].as<std::string>()),
          .purpose = *ParseSignaturePurpose(row[4].as<std::string>()),
          .resource = row[5].as<std::string>(),
          .resource_version = row[6].as<int64_t>(),
          .manifest_sha256 = row[7].as<std::string>(),
          .state = *ParseSignatureState(row[8].as<std::string>()),
          .cancelling = row[9].as<bool>(),
          .hint = row[10].as<std::string>(),
          .message_key = row[11].as<std::string>(),
          .reason = row[12].as<std::string>(),
          .create_time = postgres::ReadTime(row[13]),
          .complete_time = postgres::ReadOptionalTime(row[14]),
          .certificate_policy = postgres::TextOrEmpty(row[15])};
}

std::optional<Signature> ReadOne(const pqxx::result& rows) {
  if (rows.empty()) return std::nullopt;
  return ReadSignature(rows[0]);
}

// A User-Agent comes last: the others have no line ends.
std::string BrowserLines(const ToSign& to_sign) {
  return absl::StrJoin({to_sign.address, to_sign.device_identifier, to_sign.user_agent}, "\n");
}

absl::Status ReadBrowser(absl::string_view lines, ToSign& to_sign) {
  const std::vector<std::string> parts = absl::StrSplit(lines, absl::MaxSplits('\n', 2));
  if (parts.size() != 3) return Refuse(crypto::kSealBroken);
  to_sign.address = parts[0];
  to_sign.device_identifier = parts[1];
  to_sign.user_agent = parts[2];
  return absl::OkStatus();
}

}  // namespace

constexpr Statement kInsert{"signatures_insert", R"sql(
    INSERT INTO signature (id, person_id, method, start, purpose, resource_id, resource_version, manifest_sha256, state,
                           cancelling, hint, message_key, reason, create_time, visible_text, manifest, browser)
    SELECT $1, p.id, $3, $4, $5, $6, $7, $8, 'PENDING', false, $9, $10, '', $11, $12, $13,
           CASE $3::text WHEN 'TELIA' THEN NULL ELSE $14::bytea END FROM person p WHERE p.id = $2
    ON CONFLICT (id) DO NOTHING)sql"};

bool SignatureStore::Insert(postgres::Transaction& tx, const Signature& signature,
                            const ToSign& to_sign) {
  const auto sealed = [&](absl::string_view text, absl::string_view column) {
    return postgres::Bytea(keyring_.Seal(text, Place(signature.id, column)));
  };
  return tx.Exec(kInsert, signature.id.text(), signature.person.text(),
                 std::string(Name(signature.method)), std::string(Name(signature.start)),
                 std::string(Name(signature.purpose)), signature.resource,
                 signature.resource_version, signature.manifest_sha256, signature.hint,
                 signature.message_key, postgres::TimeParam(signature.create_time),
                 sealed(to_sign.visible_text, "visible_text"), sealed(to_sign.manifest, "manifest"),
                 sealed(BrowserLines(to_sign), "browser"))
             .affected_rows() == 1;
}

// At most one row.
constexpr Statement kFindOwn{"signatures_find_own",
                             "SELECT " SIGNATURE_COLUMNS
                             ", o.secrets, o.receive_time, CASE WHEN s.method = 'TELIA' AND "
                             "s.state = 'PENDING' THEN s.visible_text END FROM signature s "
                             "LEFT JOIN bankid_order o ON o.signature_id = s.id "
                             "WHERE s.id = $1 AND s.person_id = $2"};

absl::StatusOr<std::optional<SeenSignature>> SignatureStore::FindOwn(postgres::Transaction& tx,
                                                                     const SignatureId& id,
                                                                     const PersonId& person) {
  const pqxx::result rows = tx.Exec(kFindOwn, id.text(), person.text());
  if (rows.empty()) return std::nullopt;
  SeenSignature seen{.signature = ReadSignature(rows[0]), .order = std::nullopt};
  if (const auto secrets = rows[0][kColumns]; !secrets.is_null()) {
    ASSIGN_OR_RETURN(seen.order, OpenOrder(postgres::ReadBytes(secrets), id, keyring_));
    seen.order->receive_time = postgres::ReadTime(rows[0][kColumns + 1]);
  }
  if (const auto text = rows[0][kColumns + 2]; !text.is_null()) {
    ASSIGN_OR_RETURN(seen.visible_text,
                     keyring_.Open(postgres::ReadBytes(text), Place(id, "visible_text")));
  }
  return seen;
}

// At most one row.
constexpr Statement kFind{"signatures_find",
                          "SELECT " SIGNATURE_COLUMNS " FROM signature s WHERE s.id = $1"};

std::optional<Signature> SignatureStore::Find(postgres::Transaction& tx, const SignatureId& id) {
  return ReadOne(tx.Exec(kFind, id.text()));
}

// At most one row.
constexpr Statement kLock{
    "signatures_lock", "SELECT " SIGNATURE_COLUMNS " FROM signature s WHERE s.id = $1 FOR UPDATE"};

std::optional<Signature> SignatureStore::Lock(postgres::Transaction& tx, const SignatureId& id) {
  return ReadOne(tx.Exec(kLock, id.text()));
}

// Rarely more than one row.
constexpr Statement kLockOpen{"signatures_lock_open",
                              "SELECT " SIGNATURE_COLUMNS
                              " FROM signature s WHERE s.person_id = $1 AND s.state = 'PENDING' "
                              "AND NOT s.cancelling ORDER BY s.id FOR UPDATE"};

std::vector<Signature> SignatureStore::LockOpen(postgres::Transaction& tx, const PersonId& person) {
  std::vector<Signature> open;
  for (const auto& row : tx.Exec(kLockOpen, person.text())) open.push_back(ReadSignature(row));
  return open;
}

// At most one row.
constexpr Statement kFindToSign{"signatures_find_to_sign", R"sql(
    SELECT visible_text, manifest, browser FROM signature WHERE id = $1 AND state = 'PENDING')sql"};

absl::StatusOr<std::optional<ToSign>> SignatureStore::FindToSign(postgres::Transaction& tx,
                                                                 const SignatureId& id) {
  const pqxx::result rows = tx.Exec(kFindToSign, id.text());
  if (rows.empty()) return std::nullopt;
  const auto open = [&](const pqxx::field& field, absl::string_view column) {
    return keyring_.Open(postgres::ReadBytes(field), Place(id, column));
  };
  ToSign to_sign;
  ASSIGN_OR_RETURN(to_sign.visible_text, open(rows[0][0], "visible_text"));
  ASSIGN_OR_RETURN(to_sign.manifest, open(rows[0][1], "manifest"));
  ASSIGN_OR_RETURN(const std::string browser, open(rows[0][2], "browser"));
  RETURN_IF_ERROR(ReadBrowser(browser, to_sign));
  return to_sign;
}

// At most one row.
constexpr Statement kBrowserOf{"signatures_browser_of", R"sql(
    SELECT browser FROM signature WHERE id = $1 AND browser IS NOT NULL)sql"};

absl::StatusOr<std::string> SignatureStore::AddressOf(postgres::Transaction& tx,
                                                      const SignatureId& id) {
  const pqxx::result rows = tx.Exec(kBrowserOf, id.text());
  if (rows.empty()) return std::string();
  ASSIGN_OR_RETURN(const std::string browser,
                   keyring_.Open(postgres::ReadBytes(rows[0][0]), Place(id, "browser")));
  ToSign asked;
  RETURN_IF_ERROR(ReadBrowser(browser, asked));
  return asked.address;
}

std::string SignatureStore::ReturnNonce(const SignatureId& id) const {
  return absl::WebSafeBase64Escape(keyring_.Hash(Place(id, "return")).hash);
}

bool SignatureStore::IsReturnNonce(const SignatureId& id, absl::string_view nonce) const {
  const std::vector<crypto::KeyedHash> hashes = keyring_.Hashes(Place(id, "return"));
  return std::any_of(hashes.begin(), hashes.end(), [&](const crypto::KeyedHash& hash) {
    return crypto::EqualConstantTime(absl::WebSafeBase64Escape(hash.hash), nonce);
  });
}

constexpr Statement kSave{"signatures_save", R"sql(
    WITH kept AS (SELECT $2 NOT IN ('FAILED', 'CANCELLED')
                         OR EXISTS (SELECT 1 FROM bankid_evidence e WHERE e.signature_id = $1)
                         OR EXISTS (SELECT 1 FROM oidc_evidence e WHERE e.signature_id = $1) AS whole),
         gone AS (DELETE FROM oidc_confirmation WHERE signature_id = $1 AND $2 <> 'PENDING')
    UPDATE signature SET state = $2, cancelling = $3, hint = $4, message_key = $5, reason = $6, complete_time = $7,
           certificate_policy = CASE $2 WHEN 'COMPLETE' THEN $8 END, browser = CASE $2 WHEN 'PENDING' THEN browser END,
           visible_text = CASE WHEN kept.whole THEN visible_text END, manifest = CASE WHEN kept.whole THEN manifest END
      FROM kept WHERE id = $1)sql"};

void SignatureStore::Save(postgres::Transaction& tx, const Signature& signature) {
  tx.Exec(kSave, signature.id.text(), std::string(Name(signature.state)), signature.cancelling,
          signature.hint, signature.message_key, signature.reason,
          postgres::TimeParam(signature.complete_time), signature.certificate_policy);
}

}  // namespace bitrade::identity
