#include "services/registry/delegations/facts_store.h"

#include "services/common/postgres/values.h"

namespace bitrade::registry {
namespace {

using postgres::Statement;

#define FACTS_COLUMNS \
  "id, principal_id, delegate_id, scopes, valid_from, valid_until, state, version"

std::vector<DelegationFacts> ReadFacts(const pqxx::result& rows) {
  std::vector<DelegationFacts> facts;
  for (const auto& row : rows) {
    facts.push_back({.id = DelegationId::Trusted(row[0].as<std::string>()),
                     .principal = CounselId::Trusted(row[1].as<std::string>()),
                     .delegate = PersonId::Trusted(row[2].as<std::string>()),
                     .scopes = postgres::ReadArray(row[3]),
                     .valid_from = postgres::ReadTime(row[4]),
                     .valid_until = postgres::ReadTime(row[5]),
                     .state = ParseDelegationState(row[6].as<std::string>()),
                     .version = row[7].as<int64_t>()});
  }
  return facts;
}

}  // namespace

DelegationFacts FactsOf(const Delegation& delegation) {
  return {.id = delegation.id,
          .principal = delegation.principal,
          .delegate = delegation.delegate,
          .scopes = delegation.scopes,
          .valid_from = delegation.period.begin(),
          .valid_until = delegation.period.end(),
          .state = delegation.state,
          .version = delegation.version};
}

// A few rows.
constexpr Statement kProfiles{"delegation_profiles", R"sql(
    SELECT g.id, g.principal_id, c.name, g.state, g.scopes FROM delegation g JOIN counsel c ON c.id = g.principal_id
    WHERE g.delegate_id = $1 AND g.valid_until > $2::timestamptz
      AND (g.state = 'ACTIVE' AND g.valid_from <= $2::timestamptz OR g.state = 'INVITED' AND g.lapse_time > $2::timestamptz)
    ORDER BY c.name, g.principal_id, g.id)sql"};

std::vector<DelegateProfile> DelegationFactsStore::ProfilesOf(postgres::Transaction& tx,
                                                              const PersonId& person,
                                                              absl::Time now) {
  std::vector<DelegateProfile> profiles;
  for (const auto& row : tx.Exec(kProfiles, person.text(), postgres::TimeParam(now))) {
    profiles.push_back({.delegation = DelegationId::Trusted(row[0].as<std::string>()),
                        .principal = CounselId::Trusted(row[1].as<std::string>()),
                        .principal_name = row[2].as<std::string>(),
                        .state = ParseDelegationState(row[3].as<std::string>()),
                        .scopes = postgres::ReadArray(row[4])});
  }
  return profiles;
}

// A few rows.
constexpr Statement kBetween{"delegation_between", "SELECT " FACTS_COLUMNS
                                                   " FROM delegation WHERE principal_id = $1 "
                                                   "AND delegate_id = $2 ORDER BY id"};

std::vector<DelegationFacts> DelegationFactsStore::Between(postgres::Transaction& tx,
                                                           const CounselId& principal,
                                                           const PersonId& delegate) {
  return ReadFacts(tx.Exec(kBetween, principal.text(), delegate.text()));
}

// Any number.
constexpr Statement kAll{"delegation_all", "SELECT " FACTS_COLUMNS " FROM delegation ORDER BY id"};

std::vector<DelegationFacts> DelegationFactsStore::All(postgres::Transaction& tx) {
  return ReadFacts(tx.Exec(kAll));
}

}  // namespace bitrade::registry
