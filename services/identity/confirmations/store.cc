#include "services/identity/confirmations/store.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/common/base/status_macros.h"
#include "services/common/crypto/aead.h"
#include "services/common/crypto/digest.h"
#include "services/common/postgres/values.h"

namespace bitrade::identity {
namespace {

using postgres::Statement;

std::string Place(const SignatureId& id, absl::string_view column) {
  return absl::StrCat("signature/", id.text(), "/", column);
}

}  // namespace

// Lines: nonce, code verifier, address.
constexpr Statement kSend{"confirmations_send", R"sql(
    INSERT INTO oidc_confirmation (signature_id, state_hash, secret_hash, secrets, begin_time) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (signature_id) DO UPDATE SET state_hash = $2, secret_hash = $3, secrets = $4, begin_time = $5)sql"};

void ConfirmationStore::Send(postgres::Transaction& tx, const SentBrowser& sent,
                             absl::string_view secret_hash) {
  const std::string lines =
      absl::StrCat(sent.secrets.nonce, "\n", sent.secrets.code_verifier, "\n", sent.address);
  tx.Exec(kSend, sent.signature.text(), postgres::Bytea(crypto::Sha256(sent.secrets.state)),
          postgres::Bytea(secret_hash),
          postgres::Bytea(keyring_.Seal(lines, Place(sent.signature, "oidc"))),
          postgres::TimeParam(sent.begin_time));
}

// At most one row.
constexpr Statement kTake{"confirmations_take", R"sql(
    DELETE FROM oidc_confirmation WHERE state_hash = $1 AND secret_hash = $2 RETURNING signature_id, secrets, begin_time)sql"};

absl::StatusOr<std::optional<SentBrowser>> ConfirmationStore::Take(postgres::Transaction& tx,
                                                                   absl::string_view state,
                                                                   absl::string_view secret_hash) {
  const pqxx::result rows =
      tx.Exec(kTake, postgres::Bytea(crypto::Sha256(state)), postgres::Bytea(secret_hash));
  if (rows.empty()) return std::nullopt;
  const auto id = SignatureId::Trusted(rows[0][0].as<std::string>());
  ASSIGN_OR_RETURN(const std::string lines,
                   keyring_.Open(postgres::ReadBytes(rows[0][1]), Place(id, "oidc")));
  const std::vector<std::string> parts = absl::StrSplit(lines, '\n');
  if (parts.size() < 2) return Refuse(crypto::kSealBroken);
  return SentBrowser{id,
                     {.state = "", .nonce = parts[0], .code_verifier = parts[1]},
                     postgres::ReadTime(rows[0][2]),
                     parts.size() > 2 ? parts[2] : ""};
}

constexpr Statement kKeepEvidence{"confirmations_keep_evidence", R"sql(
    INSERT INTO oidc_evidence (signature_id, id_token) VALUES ($1, $2) ON CONFLICT (signature_id) DO NOTHING)sql"};

void ConfirmationStore::KeepEvidence(postgres::Transaction& tx, const SignatureId& id,
                                     absl::string_view id_token) {
  tx.Exec(kKeepEvidence, id.text(),
          postgres::Bytea(keyring_.Seal(id_token, Place(id, "id_token"))));
}

constexpr Statement kForget{"confirmations_forget", R"sql(
    DELETE FROM oidc_confirmation WHERE begin_time < $1)sql"};

void ConfirmationStore::Forget(postgres::Transaction& tx, absl::Time time) {
  tx.Exec(kForget, postgres::TimeParam(time));
}

}  // namespace bitrade::identity
