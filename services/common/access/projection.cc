#include "services/common/access/projection.h"

#include "bitrade/events/v1/event_service.pb.h"
#include "services/common/access/stake.h"
#include "services/common/events/data.h"
#include "services/common/postgres/values.h"

namespace bitrade::access {
namespace {

using events::DataMicros;
using events::DataText;
using postgres::Statement;

}  // namespace

absl::Time InstantOf(int64_t micros) {
  return micros == INT64_MAX ? absl::InfiniteFuture() : absl::FromUnixMicros(micros);
}

std::optional<AppointmentFacts> FactsOf(const events::v1::Event& event) {
  if (event.aggregate() != "appointment") return std::nullopt;
  AppointmentFacts facts{.appointment_id = event.aggregate_id(),
                         .counsel_id = DataText(event, "counsel_id"),
                         .matter_id = DataText(event, "matter_id"),
                         .version = event.version(),
                         .digital = DataText(event, "digital") == "true",
                         .visible_until = InstantOf(DataMicros(event, "visible_until_us")),
                         .released = std::nullopt};
  if (const int64_t released = DataMicros(event, "released_us"); released != 0) {
    facts.released = InstantOf(released);
  }
  if (const int64_t end = DataMicros(event, "filings_visible_until_us"); end != 0) {
    facts.filings_visible_until = InstantOf(end);
  }
  facts.authority = DataText(event, "authority");
  facts.category = DataText(event, "category");
  return facts;
}

// The same version again tells at least who the authority is, where it was not told before.
constexpr Statement kStore{"access_store", R"sql(
    INSERT INTO access_appointment (appointment_id, counsel_id, matter_id, digital, visible_until, released, filings_visible_until, version,
                                    authority, category)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ON CONFLICT (appointment_id) DO UPDATE
    SET counsel_id = excluded.counsel_id, matter_id = excluded.matter_id, digital = excluded.digital,
        visible_until = excluded.visible_until, released = excluded.released, filings_visible_until = excluded.filings_visible_until,
        version = excluded.version, authority = excluded.authority, category = excluded.category
    WHERE access_appointment.version < excluded.version
       OR (access_appointment.version = excluded.version AND access_appointment.authority = '' AND excluded.authority <> ''))sql"};

void Store(postgres::Transaction& tx, const AppointmentFacts& facts) {
  tx.Exec(kStore, facts.appointment_id, facts.counsel_id, postgres::NullIfEmpty(facts.matter_id),
          facts.digital, postgres::TimeParam(facts.visible_until),
          postgres::TimeParam(facts.released), postgres::TimeParam(facts.filings_visible_until),
          facts.version, facts.authority, facts.category);
}

// At most one row.
constexpr Statement kLoad{"access_load", R"sql(
    SELECT appointment_id, counsel_id, digital, visible_until, released, filings_visible_until, version, matter_id, authority, category
    FROM access_appointment WHERE appointment_id = $1)sql"};

std::optional<AppointmentFacts> Load(postgres::Transaction& tx, const std::string& appointment_id) {
  const pqxx::result rows = tx.Exec(kLoad, appointment_id);
  if (rows.empty()) return std::nullopt;
  return AppointmentFacts{.appointment_id = rows[0][0].as<std::string>(),
                          .counsel_id = rows[0][1].as<std::string>(),
                          .matter_id = postgres::TextOrEmpty(rows[0][7]),
                          .version = rows[0][6].as<int64_t>(),
                          .digital = rows[0][2].as<bool>(),
                          .visible_until = postgres::ReadTime(rows[0][3]),
                          .released = postgres::ReadOptionalTime(rows[0][4]),
                          .filings_visible_until = postgres::ReadTime(rows[0][5]),
                          .authority = rows[0][8].as<std::string>(),
                          .category = rows[0][9].as<std::string>()};
}

absl::Status Apply(postgres::Transaction& tx, const events::v1::Event& event) {
  if (event.aggregate() == "party") {
    Store(tx, FactsOf(Stake{event.aggregate_id(), DataText(event, "person_id"),
                            DataText(event, "matter_id")}));
  }
  if (const auto facts = FactsOf(event)) Store(tx, *facts);
  return absl::OkStatus();
}

constexpr Statement kReset{"access_reset", "DELETE FROM access_appointment"};

void Reset(postgres::Transaction& tx) { tx.Exec(kReset); }

absl::Status NotSeen(const rpc::Reading& reading, const std::string& appointment_id) {
  return NotSeenAs(reading, appointment_id, kNotFound);
}

}  // namespace bitrade::access
