#include "services/appointments/parties/store.h"

#include "absl/strings/str_cat.h"
#include "services/common/postgres/values.h"

namespace bitrade::appointments {
namespace {

using postgres::Statement;

std::vector<Party> ReadRows(const pqxx::result& rows) {
  std::vector<Party> parties;
  for (const auto& row : rows) {
    parties.push_back({PartyId::Trusted(row[0].as<std::string>()),
                       PersonId::Trusted(row[1].as<std::string>()),
                       MatterId::Trusted(row[2].as<std::string>())});
  }
  return parties;
}

}  // namespace

constexpr Statement kExpect{"party_expect", R"sql(
    INSERT INTO delegate (person_id) VALUES ($1) ON CONFLICT DO NOTHING)sql"};

void PartyStore::Expect(postgres::Transaction& tx, const PersonId& person) {
  tx.Exec(kExpect, person.text());
}

// At most a hundred rows.
constexpr Statement kUnknown{"party_unknown", R"sql(
    SELECT d.person_id FROM delegate d
    WHERE NOT EXISTS (SELECT 1 FROM delegate_hash h WHERE h.person_id = d.person_id AND h.hash_key_id = $1)
    ORDER BY d.person_id LIMIT 100)sql"};

std::vector<PersonId> PartyStore::Unknown(postgres::Transaction& tx) {
  std::vector<PersonId> persons;
  for (const auto& row : tx.Exec(kUnknown, keyring_.current_id())) {
    persons.push_back(PersonId::Trusted(row[0].as<std::string>()));
  }
  return persons;
}

// Of a delegate who is learnt and a matter that is registered at the same time, the second sees
// what the first has stored.
constexpr Statement kHoldMatters{"party_hold_matters", R"sql(
    SELECT pg_advisory_xact_lock(hashtextextended('bitrade.appointments.parties', 0)))sql"};
constexpr Statement kHoldDelegates{"party_hold_delegates", R"sql(
    SELECT pg_advisory_xact_lock_shared(hashtextextended('bitrade.appointments.parties', 0)))sql"};
constexpr Statement kLearn{"party_learn", R"sql(
    INSERT INTO delegate_hash (person_id, hash, hash_key_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING)sql"};

void PartyStore::Learn(postgres::Transaction& tx, const PersonId& person,
                       absl::string_view number) {
  tx.Exec(kHoldMatters);
  for (const char* type : {"PERSONNUMMER", "SAMORDNINGSNUMMER"}) {
    for (const crypto::KeyedHash& hash : keyring_.Hashes(absl::StrCat(type, "/", number))) {
      tx.Exec(kLearn, person.text(), postgres::Bytea(hash.hash), hash.key_id);
    }
  }
}

void PartyStore::HoldDelegates(postgres::Transaction& tx) { tx.Exec(kHoldDelegates); }

#define FROM_PARTIES                                                                         \
  " FROM delegate_hash h JOIN identifier i ON i.hash = h.hash "                              \
  "JOIN applicant a ON a.id = i.applicant_id WHERE NOT EXISTS (SELECT 1 FROM party y WHERE " \
  "y.person_id = h.person_id AND y.matter_id = a.matter_id) "

// A few rows.
constexpr Statement kMattersOf{"party_matters_of",
                               "SELECT DISTINCT a.matter_id" FROM_PARTIES "AND h.person_id = $1"};

std::vector<MatterId> PartyStore::MattersOf(postgres::Transaction& tx, const PersonId& person) {
  std::vector<MatterId> matters;
  for (const auto& row : tx.Exec(kMattersOf, person.text())) {
    matters.push_back(MatterId::Trusted(row[0].as<std::string>()));
  }
  return matters;
}

// A few rows.
constexpr Statement kPersonsIn{"party_persons_in",
                               "SELECT DISTINCT h.person_id" FROM_PARTIES "AND a.matter_id = $1"};

std::vector<PersonId> PartyStore::PersonsIn(postgres::Transaction& tx, const MatterId& matter) {
  std::vector<PersonId> persons;
  for (const auto& row : tx.Exec(kPersonsIn, matter.text())) {
    persons.push_back(PersonId::Trusted(row[0].as<std::string>()));
  }
  return persons;
}

constexpr Statement kInsert{"party_insert", R"sql(
    INSERT INTO party (id, person_id, matter_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING)sql"};

void PartyStore::Insert(postgres::Transaction& tx, const Party& party) {
  tx.Exec(kInsert, party.id.text(), party.person.text(), party.matter.text());
}

// A few rows.
constexpr Statement kIn{"party_in",
                        "SELECT id, person_id, matter_id FROM party "
                        "WHERE matter_id = $1 ORDER BY id"};

std::vector<Party> PartyStore::In(postgres::Transaction& tx, const MatterId& matter) {
  return ReadRows(tx.Exec(kIn, matter.text()));
}

// Any number.
constexpr Statement kAll{"party_all", "SELECT id, person_id, matter_id FROM party ORDER BY id"};

std::vector<Party> PartyStore::All(postgres::Transaction& tx) { return ReadRows(tx.Exec(kAll)); }

}  // namespace bitrade::appointments
