#include "services/identity/orders/store.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "services/common/base/status_macros.h"
#include "services/common/crypto/aead.h"
#include "services/common/postgres/values.h"

namespace bitrade::identity {
namespace {

using postgres::Statement;

std::string Place(const OrderSubject& subject, absl::string_view column) {
  return absl::StrCat(subject.is_signature() ? "signature/" : "login/", subject.id(), "/", column);
}

OrderSubject SubjectOf(const std::string& id, bool is_signature) {
  if (is_signature) return SignatureId::Trusted(id);
  return LoginId::Trusted(id);
}

OrderStep StepOf(bool pending, bool begun) {
  if (!pending) return OrderStep::kCancel;
  return begun ? OrderStep::kCollect : OrderStep::kBegin;
}

}  // namespace

std::string SealOrder(const BankIdOrder& order, const OrderSubject& subject,
                      const crypto::Keyring& keyring) {
  // Tokens have no line ends: BankID's are UUIDs.
  const std::string lines = absl::StrJoin(
      {order.order_ref, order.auto_start_token, order.qr.start_token, order.qr.start_secret}, "\n");
  return keyring.Seal(lines, Place(subject, "order"));
}

absl::StatusOr<BankIdOrder> OpenOrder(absl::string_view sealed, const OrderSubject& subject,
                                      const crypto::Keyring& keyring) {
  ASSIGN_OR_RETURN(const std::string lines, keyring.Open(sealed, Place(subject, "order")));
  const std::vector<std::string> parts = absl::StrSplit(lines, '\n');
  if (parts.size() != 4) return Refuse(crypto::kSealBroken);
  return BankIdOrder{parts[0], parts[1], {parts[2], parts[3]}, absl::Time()};
}

constexpr Statement kInsert{"orders_insert", R"sql(
    INSERT INTO bankid_order (login_id, signature_id, secrets, receive_time, due_time, lease, failures)
    VALUES (CASE WHEN $2 THEN NULL ELSE $1::uuid END, CASE WHEN $2 THEN $1::uuid END, $3, $4, $5, 0, 0))sql"};

void OrderStore::Insert(postgres::Transaction& tx, const OrderSubject& subject,
                        const BankIdOrder& order, absl::Time due) {
  tx.Exec(kInsert, subject.id(), subject.is_signature(),
          postgres::Bytea(SealOrder(order, subject, keyring_)),
          postgres::TimeParam(order.receive_time), postgres::TimeParam(due));
}

constexpr Statement kInsertToBegin{"orders_insert_to_begin", R"sql(
    INSERT INTO bankid_order (signature_id, due_time, lease, failures) VALUES ($1, $2, 0, 0))sql"};

void OrderStore::InsertToBegin(postgres::Transaction& tx, const SignatureId& signature,
                               absl::Time due) {
  tx.Exec(kInsertToBegin, signature.text(), postgres::TimeParam(due));
}

// At most $3 rows. What a signature is for stays pending while BankID is asked to cancel.
constexpr Statement kTakeDue{"orders_take_due", R"sql(
    WITH due AS (SELECT id FROM bankid_order WHERE due_time <= $1 ORDER BY due_time LIMIT $3 FOR UPDATE SKIP LOCKED),
         taken AS (UPDATE bankid_order o SET due_time = $2, lease = lease + 1 FROM due WHERE o.id = due.id RETURNING o.*)
    SELECT o.id, o.signature_id IS NOT NULL, coalesce(l.state, s.state) = 'PENDING' AND s.cancelling IS NOT TRUE,
           coalesce(l.method, s.method), coalesce(l.start, s.start), coalesce(l.hint, s.hint),
           coalesce(l.message_key, s.message_key), coalesce(l.create_time, s.create_time), o.secrets, o.lease, o.failures
      FROM taken o LEFT JOIN login l ON l.id = o.login_id LEFT JOIN signature s ON s.id = o.signature_id)sql"};

std::vector<TakenOrder> OrderStore::TakeDue(postgres::Transaction& tx, absl::Time now,
                                            absl::Time lease_end, int most) {
  std::vector<TakenOrder> all;
  for (const auto& row :
       tx.Exec(kTakeDue, postgres::TimeParam(now), postgres::TimeParam(lease_end), most)) {
    const bool begun = !row[8].is_null();
    TakenOrder taken{.subject = SubjectOf(row[0].as<std::string>(), row[1].as<bool>()),
                     .step = StepOf(row[2].as<bool>(), begun),
                     .method = *ParseMethod(row[3].as<std::string>()),
                     .start = *ParseStart(row[4].as<std::string>()),
                     .progress = {.hint = row[5].as<std::string>(),
                                  .message = MessageOf(row[6].as<std::string>())},
                     .create_time = postgres::ReadTime(row[7]),
                     .order_ref = std::string(),
                     .lease = row[9].as<int64_t>(),
                     .failures = row[10].as<int>(),
                     .take_time = now};
    if (begun) {
      const auto order = OpenOrder(postgres::ReadBytes(row[8]), taken.subject, keyring_);
      taken.order_ref = order.ok() ? absl::StatusOr<std::string>(order->order_ref) : order.status();
    }
    all.push_back(std::move(taken));
  }
  return all;
}

// At most one row.
constexpr Statement kIsHeld{"orders_is_held", R"sql(
    SELECT lease FROM bankid_order WHERE id = $1 FOR UPDATE)sql"};

bool OrderStore::IsHeld(postgres::Transaction& tx, const TakenOrder& taken) {
  const pqxx::result rows = tx.Exec(kIsHeld, taken.subject.id());
  return !rows.empty() && rows[0][0].as<int64_t>() == taken.lease;
}

constexpr Statement kSaveBegun{"orders_save_begun", R"sql(
    UPDATE bankid_order SET secrets = $2, receive_time = $3, due_time = $4, failures = 0 WHERE id = $1)sql"};

void OrderStore::SaveBegun(postgres::Transaction& tx, const TakenOrder& taken,
                           const BankIdOrder& order, absl::Time due) {
  tx.Exec(kSaveBegun, taken.subject.id(),
          postgres::Bytea(SealOrder(order, taken.subject, keyring_)),
          postgres::TimeParam(order.receive_time), postgres::TimeParam(due));
}

// What it is for is locked before the order, as in every transaction that has both.
constexpr Statement kGiveBackLogin{"orders_give_back_login", R"sql(
    WITH pending AS (SELECT id FROM login WHERE id = $1 AND state = 'PENDING' FOR UPDATE),
         mine AS (UPDATE bankid_order o SET due_time = $3, failures = $4 FROM pending
                   WHERE o.id = pending.id AND o.lease = $2 RETURNING o.id)
    UPDATE login l SET hint = $5, message_key = $6 FROM mine
     WHERE l.id = mine.id AND (l.hint, l.message_key) IS DISTINCT FROM ($5, $6))sql"};

constexpr Statement kGiveBackSignature{"orders_give_back_signature", R"sql(
    WITH pending AS (SELECT id FROM signature WHERE id = $1 AND state = 'PENDING' FOR UPDATE),
         mine AS (UPDATE bankid_order o SET due_time = $3, failures = $4 FROM pending
                   WHERE o.id = pending.id AND o.lease = $2 RETURNING o.id)
    UPDATE signature s SET hint = $5, message_key = $6 FROM mine
     WHERE s.id = mine.id AND (s.hint, s.message_key) IS DISTINCT FROM ($5, $6))sql"};

void OrderStore::GiveBack(postgres::Transaction& tx, const TakenOrder& taken,
                          const OrderProgress& progress, const NextCall& next) {
  tx.Exec(taken.subject.is_signature() ? kGiveBackSignature : kGiveBackLogin, taken.subject.id(),
          taken.lease, postgres::TimeParam(next.due), next.failures, progress.hint,
          std::string(progress.message.key));
}

constexpr Statement kAskNext{"orders_ask_next", R"sql(
    UPDATE bankid_order SET due_time = $2, failures = $3 WHERE id = $1)sql"};

void OrderStore::AskNext(postgres::Transaction& tx, const OrderSubject& subject,
                         const NextCall& next) {
  tx.Exec(kAskNext, subject.id(), postgres::TimeParam(next.due), next.failures);
}

constexpr Statement kDelete{"orders_delete", R"sql(
    DELETE FROM bankid_order WHERE id = $1)sql"};

void OrderStore::Delete(postgres::Transaction& tx, const OrderSubject& subject) {
  tx.Exec(kDelete, subject.id());
}

constexpr Statement kKeepEvidence{"orders_keep_evidence", R"sql(
    INSERT INTO bankid_evidence (login_id, signature_id, signature, ocsp_response, risk)
    VALUES (CASE WHEN $2 THEN NULL ELSE $1::uuid END, CASE WHEN $2 THEN $1::uuid END, $3, $4, $5)
    ON CONFLICT (id) DO NOTHING)sql"};

void OrderStore::KeepEvidence(postgres::Transaction& tx, const OrderSubject& subject,
                              const Evidence& evidence) {
  const auto sealed = [&](const std::string& text, absl::string_view column) {
    return postgres::Bytea(keyring_.Seal(text, Place(subject, column)));
  };
  tx.Exec(kKeepEvidence, subject.id(), subject.is_signature(),
          sealed(evidence.signature, "signature"), sealed(evidence.ocsp_response, "ocsp_response"),
          evidence.risk);
}

}  // namespace bitrade::identity
