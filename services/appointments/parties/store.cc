#include "services/appointments/parties/store.h"

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
