#include "services/appointments/parties/delegate_store.h"

#include "absl/strings/str_cat.h"
#include "services/common/postgres/values.h"

namespace bitrade::appointments {

using postgres::Statement;

// `former`: the release before this one reads `delegate` (migration 0010).
constexpr Statement kExpect{"delegate_expect", R"sql(
    WITH former AS (INSERT INTO delegate (person_id) VALUES ($2) ON CONFLICT DO NOTHING)
    INSERT INTO helping (delegation_id, person_id, until) VALUES ($1, $2, $3)
    ON CONFLICT (delegation_id) DO UPDATE SET until = excluded.until)sql"};
constexpr Statement kRelease{"delegate_release", "DELETE FROM helping WHERE delegation_id = $1"};

void DelegateStore::Expect(postgres::Transaction& tx, const Helping& helping) {
  tx.Exec(kExpect, helping.delegation.text(), helping.person.text(),
          postgres::TimeParam(helping.until));
}

void DelegateStore::Release(postgres::Transaction& tx, const DelegationId& delegation) {
  tx.Exec(kRelease, delegation.text());
}

constexpr Statement kReleaseAll{"delegate_release_all", "DELETE FROM helping"};

void DelegateStore::ReleaseAll(postgres::Transaction& tx) { tx.Exec(kReleaseAll); }

constexpr Statement kForget{"delegate_forget", R"sql(
    DELETE FROM delegate_hash h
    WHERE NOT EXISTS (SELECT 1 FROM helping g WHERE g.person_id = h.person_id AND g.until > $1))sql"};

void DelegateStore::Forget(postgres::Transaction& tx, absl::Time now) {
  tx.Exec(kForget, postgres::TimeParam(now));
}

// At most a hundred rows.
constexpr Statement kUnknown{"delegate_unknown", R"sql(
    SELECT DISTINCT g.person_id FROM helping g
    WHERE g.until > $2
      AND NOT EXISTS (SELECT 1 FROM delegate_hash h WHERE h.person_id = g.person_id AND h.hash_key_id = $1)
    ORDER BY g.person_id LIMIT 100)sql"};

std::vector<PersonId> DelegateStore::Unknown(postgres::Transaction& tx, absl::Time now) {
  std::vector<PersonId> persons;
  for (const auto& row : tx.Exec(kUnknown, keyring_.current_id(), postgres::TimeParam(now))) {
    persons.push_back(PersonId::Trusted(row[0].as<std::string>()));
  }
  return persons;
}

// Of a delegate who is learnt and a matter that is registered at the same time, the second sees
// what the first has stored.
constexpr Statement kHoldMatters{"delegate_hold_matters", R"sql(
    SELECT pg_advisory_xact_lock(hashtextextended('bitrade.appointments.parties', 0)))sql"};
constexpr Statement kHold{"delegate_hold", R"sql(
    SELECT pg_advisory_xact_lock_shared(hashtextextended('bitrade.appointments.parties', 0)))sql"};
constexpr Statement kLearn{"delegate_learn", R"sql(
    INSERT INTO delegate_hash (person_id, hash, hash_key_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING)sql"};

void DelegateStore::Learn(postgres::Transaction& tx, const PersonId& person,
                          absl::string_view number) {
  tx.Exec(kHoldMatters);
  for (const char* type : {"PERSONNUMMER", "SAMORDNINGSNUMMER"}) {
    for (const crypto::KeyedHash& hash : keyring_.Hashes(absl::StrCat(type, "/", number))) {
      tx.Exec(kLearn, person.text(), postgres::Bytea(hash.hash), hash.key_id);
    }
  }
}

void DelegateStore::Hold(postgres::Transaction& tx) { tx.Exec(kHold); }

}  // namespace bitrade::appointments
