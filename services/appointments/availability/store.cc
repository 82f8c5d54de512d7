#include "services/appointments/availability/store.h"

#include "services/common/postgres/values.h"

namespace bitrade::appointments {
namespace {

using postgres::Statement;

std::optional<Availability> ReadOne(const pqxx::result& rows) {
  if (rows.empty()) return std::nullopt;
  const pqxx::row row = rows[0];
  return Availability{.counsel = CounselId::Trusted(row[0].as<std::string>()),
                      .status = ParseAvailability(row[1].as<std::string>()),
                      .capacity = row[2].as<int>(),
                      .version = row[3].as<int64_t>(),
                      .update_time = postgres::ReadTime(row[4])};
}

}  // namespace

// At most one row.
#define FROM_OWN                                                                              \
  "SELECT id, availability, capacity, version, update_time FROM counsel WHERE id = $1::uuid " \
  "AND id = $2::uuid AND " BITRADE_COUNSEL_OR_DELEGATE

constexpr Statement kFind{"availability_find", FROM_OWN};

std::optional<Availability> AvailabilityStore::Find(postgres::Transaction& tx,
                                                    const access::Reader& reader) {
  return ReadOne(ExecAs(reader, tx, kFind, reader.counsel_id));
}

// At most one row.
constexpr Statement kLock{"availability_lock", FROM_OWN " FOR NO KEY UPDATE"};

std::optional<Availability> AvailabilityStore::Lock(postgres::Transaction& tx,
                                                    const access::Reader& reader) {
  return ReadOne(ExecAs(reader, tx, kLock, reader.counsel_id));
}

constexpr Statement kUpdate{"availability_update", R"sql(
    UPDATE counsel SET availability = $2, version = $3, update_time = $4 WHERE id = $1)sql"};

void AvailabilityStore::Update(postgres::Transaction& tx, const Availability& availability) {
  tx.Exec(kUpdate, availability.counsel.text(), std::string(AvailabilityName(availability.status)),
          availability.version, postgres::TimeParam(availability.update_time));
}

// The row is locked even where the condition leaves it as it is.
constexpr Statement kLearn{"availability_learn", R"sql(
    INSERT INTO counsel (id, register_version, listing, update_time) VALUES ($1, $2, $3, $4)
    ON CONFLICT (id) DO UPDATE SET register_version = excluded.register_version, listing = excluded.listing
    WHERE counsel.register_version < excluded.register_version)sql"};

void AvailabilityStore::Learn(postgres::Transaction& tx, const CounselId& counsel,
                              const RegisterFacts& facts, absl::Time now) {
  tx.Exec(kLearn, counsel.text(), facts.version, std::string(ListingName(facts.listing)),
          postgres::TimeParam(now));
}

// One row.
constexpr Statement kFactsOf{"availability_facts_of",
                             "SELECT register_version, listing FROM counsel WHERE id = $1"};

RegisterFacts AvailabilityStore::FactsOf(postgres::Transaction& tx, const CounselId& counsel) {
  const pqxx::result rows = tx.Exec(kFactsOf, counsel.text());
  return {.version = rows[0][0].as<int64_t>(),
          .listing = ParseListing(rows[0][1].as<std::string>())};
}

constexpr Statement kAwaitRegister{"availability_await_register",
                                   "UPDATE counsel SET register_version = 0"};

void AvailabilityStore::AwaitRegister(postgres::Transaction& tx) { tx.Exec(kAwaitRegister); }

// One row.
constexpr Statement kCandidate{"availability_candidate", R"sql(
    SELECT listing, availability, capacity,
           (SELECT count(*) FROM appointment WHERE counsel_id = $1 AND state = 'APPOINTED' AND visible_until > $2)
    FROM counsel WHERE id = $1)sql"};

Candidate AvailabilityStore::CandidateOf(postgres::Transaction& tx, const CounselId& counsel,
                                         absl::Time now) {
  const pqxx::result rows = tx.Exec(kCandidate, counsel.text(), postgres::TimeParam(now));
  return {.listing = ParseListing(rows[0][0].as<std::string>()),
          .status = ParseAvailability(rows[0][1].as<std::string>()),
          .capacity = rows[0][2].as<int>(),
          .in_force = rows[0][3].as<int>()};
}

}  // namespace bitrade::appointments
