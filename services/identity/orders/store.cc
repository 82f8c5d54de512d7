#include "services/identity/orders/store.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "services/common/base/status_macros.h"
#include "services/common/crypto/aead.h"
#include "services/common/postgres/values.h"
#include "services/identity/logins/store.h"

namespace bitrade::identity {
namespace {

using postgres::Statement;

std::string Place(const LoginId& login, absl::string_view column) {
  return absl::StrCat("login/", login.text(), "/", column);
}

}  // namespace

std::string SealOrder(const BankIdOrder& order, const LoginId& login,
                      const crypto::Keyring& keyring) {
  // Tokens have no line ends: BankID's are UUIDs.
  const std::string lines = absl::StrJoin(
      {order.order_ref, order.auto_start_token, order.qr.start_token, order.qr.start_secret}, "\n");
  return keyring.Seal(lines, Place(login, "order"));
}

absl::StatusOr<BankIdOrder> OpenOrder(absl::string_view sealed, const LoginId& login,
                                      const crypto::Keyring& keyring) {
  ASSIGN_OR_RETURN(const std::string lines, keyring.Open(sealed, Place(login, "order")));
  const std::vector<std::string> parts = absl::StrSplit(lines, '\n');
  if (parts.size() != 4) return Refuse(crypto::kSealBroken);
  return BankIdOrder{parts[0], parts[1], {parts[2], parts[3]}, absl::Time()};
}

constexpr Statement kInsert{"orders_insert", R"sql(
    INSERT INTO bankid_order (login_id, secrets, receive_time, due_time, lease, failures) VALUES ($1, $2, $3, $4, 0, 0))sql"};

void OrderStore::Insert(postgres::Transaction& tx, const LoginId& login, const BankIdOrder& order,
                        absl::Time due) {
  tx.Exec(kInsert, login.text(), postgres::Bytea(SealOrder(order, login, keyring_)),
          postgres::TimeParam(order.receive_time), postgres::TimeParam(due));
}

// At most $3 rows.
constexpr Statement kTakeDue{
    "orders_take_due",
    "WITH due AS (SELECT login_id FROM bankid_order WHERE due_time <= $1 ORDER BY due_time LIMIT "
    "$3 "
    "FOR UPDATE SKIP LOCKED), taken AS (UPDATE bankid_order o SET due_time = $2, lease = lease + 1 "
    "FROM due WHERE o.login_id = due.login_id RETURNING o.*) "
    "SELECT " BITRADE_LOGIN_COLUMNS
    ", o.secrets, o.lease, o.failures FROM taken o JOIN login l ON l.id = o.login_id"};

std::vector<TakenOrder> OrderStore::TakeDue(postgres::Transaction& tx, absl::Time now,
                                            absl::Time lease_end, int most) {
  std::vector<TakenOrder> taken;
  for (const auto& row :
       tx.Exec(kTakeDue, postgres::TimeParam(now), postgres::TimeParam(lease_end), most)) {
    Login login = ReadLogin(row);
    const auto order = OpenOrder(postgres::ReadBytes(row[kLoginColumns]), login.id, keyring_);
    taken.push_back({.login = std::move(login),
                     .order_ref = order.ok() ? absl::StatusOr<std::string>(order->order_ref)
                                             : absl::StatusOr<std::string>(order.status()),
                     .lease = row[kLoginColumns + 1].as<int64_t>(),
                     .failures = row[kLoginColumns + 2].as<int>(),
                     .take_time = now});
  }
  return taken;
}

// The log-in is locked before the order, as in every transaction that has both.
constexpr Statement kGiveBack{"orders_give_back", R"sql(
    WITH pending AS (SELECT id FROM login WHERE id = $1 AND state = 'PENDING' FOR UPDATE),
         mine AS (UPDATE bankid_order o SET due_time = $3, failures = $4 FROM pending
                   WHERE o.login_id = pending.id AND o.lease = $2 RETURNING o.login_id)
    UPDATE login l SET hint = $5, message_key = $6 FROM mine
     WHERE l.id = mine.login_id AND (l.hint, l.message_key) IS DISTINCT FROM ($5, $6))sql"};

void OrderStore::GiveBack(postgres::Transaction& tx, const TakenOrder& taken, const Login& login,
                          const NextCall& next) {
  tx.Exec(kGiveBack, taken.login.id.text(), taken.lease, postgres::TimeParam(next.due),
          next.failures, login.hint, login.message_key);
}

constexpr Statement kAskNext{"orders_ask_next", R"sql(
    UPDATE bankid_order SET due_time = $2, failures = $3 WHERE login_id = $1)sql"};

void OrderStore::AskNext(postgres::Transaction& tx, const LoginId& login, const NextCall& next) {
  tx.Exec(kAskNext, login.text(), postgres::TimeParam(next.due), next.failures);
}

constexpr Statement kDelete{"orders_delete", R"sql(
    DELETE FROM bankid_order WHERE login_id = $1)sql"};

void OrderStore::Delete(postgres::Transaction& tx, const LoginId& login) {
  tx.Exec(kDelete, login.text());
}

constexpr Statement kKeepEvidence{"orders_keep_evidence", R"sql(
    INSERT INTO bankid_evidence (login_id, signature, ocsp_response, risk) VALUES ($1, $2, $3, $4))sql"};

void OrderStore::KeepEvidence(postgres::Transaction& tx, const LoginId& login,
                              const Evidence& evidence) {
  const auto sealed = [&](const std::string& text, absl::string_view column) {
    return postgres::Bytea(keyring_.Seal(text, Place(login, column)));
  };
  tx.Exec(kKeepEvidence, login.text(), sealed(evidence.signature, "signature"),
          sealed(evidence.ocsp_response, "ocsp_response"), evidence.risk);
}

}  // namespace bitrade::identity
