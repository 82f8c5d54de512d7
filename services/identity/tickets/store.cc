#include "services/identity/tickets/store.h"

#include "services/common/postgres/values.h"

namespace bitrade::identity {
namespace {

using postgres::ReadOptionalTime;
using postgres::Statement;
using postgres::TimeParam;

const absl::Duration kForgottenAfter = 2 * kSessionTime;

// Always one row.
constexpr Statement kFind{"revocations_find", R"sql(
    SELECT CASE
      WHEN EXISTS (SELECT FROM ended_session WHERE person_id = $1::uuid AND session_id = $2::uuid)
      THEN 'infinity'::timestamptz
      ELSE (SELECT epoch FROM revocation WHERE person_id = $1::uuid)
    END,
    (SELECT rotate_time FROM session_rotation
     WHERE person_id = $1::uuid AND session_id = $2::uuid))sql"};

// Forgets some of what was ended so long ago that no ticket could be renewed anyhow.
constexpr Statement kEnd{"revocations_end", R"sql(
    WITH old AS (
      DELETE FROM ended_session WHERE (person_id, session_id) IN (
        SELECT person_id, session_id FROM ended_session WHERE end_time < $4
        ORDER BY end_time LIMIT 100 FOR UPDATE SKIP LOCKED))
    INSERT INTO ended_session (person_id, session_id, end_time) VALUES ($1, $2, $3)
    ON CONFLICT DO NOTHING)sql"};

constexpr Statement kRotate{"revocations_rotate", R"sql(
    WITH old AS (
      DELETE FROM session_rotation WHERE (person_id, session_id) IN (
        SELECT person_id, session_id FROM session_rotation WHERE rotate_time < $4
        ORDER BY rotate_time LIMIT 100 FOR UPDATE SKIP LOCKED))
    INSERT INTO session_rotation (person_id, session_id, rotate_time) VALUES ($1, $2, $3)
    ON CONFLICT (person_id, session_id) DO UPDATE
    SET rotate_time = greatest(session_rotation.rotate_time, excluded.rotate_time))sql"};

constexpr Statement kEndAll{"revocations_end_all", R"sql(
    INSERT INTO revocation (person_id, epoch) SELECT id, $2::timestamptz FROM person WHERE id = $1::uuid
    ON CONFLICT (person_id) DO UPDATE SET epoch = greatest(revocation.epoch, excluded.epoch))sql"};

}  // namespace

Revocation RevocationStore::Find(postgres::Transaction& tx, const OwnedSession& one) {
  const pqxx::result rows = tx.Exec(kFind, one.person.text(), one.session.text());
  return {.epoch = ReadOptionalTime(rows[0][0]).value_or(absl::InfinitePast()),
          .rotate_time = ReadOptionalTime(rows[0][1]).value_or(absl::InfinitePast())};
}

void RevocationStore::End(postgres::Transaction& tx, const OwnedSession& one, absl::Time now) {
  tx.Exec(kEnd, one.person.text(), one.session.text(), TimeParam(now),
          TimeParam(now - kForgottenAfter));
}

void RevocationStore::Rotate(postgres::Transaction& tx, const OwnedSession& one,
                             absl::Time rotate_time) {
  tx.Exec(kRotate, one.person.text(), one.session.text(), TimeParam(rotate_time),
          TimeParam(rotate_time - kForgottenAfter));
}

bool RevocationStore::EndAll(postgres::Transaction& tx, const PersonId& person, absl::Time epoch) {
  return tx.Exec(kEndAll, person.text(), TimeParam(epoch)).affected_rows() == 1;
}

}  // namespace bitrade::identity
