#include "services/common/access/projection.h"

#include "absl/strings/numbers.h"
#include "bitrade/events/v1/event_service.pb.h"
#include "services/common/postgres/values.h"
#include "services/common/rpc/ask.h"

namespace bitrade::access {
namespace {

using postgres::Statement;

int64_t Micros(const events::v1::Event& event, const char* name) {
  const auto found = event.data().find(name);
  int64_t micros = 0;
  return found != event.data().end() && absl::SimpleAtoi(found->second, &micros) ? micros : 0;
}

std::string Text(const events::v1::Event& event, const char* name) {
  const auto found = event.data().find(name);
  return found == event.data().end() ? std::string() : found->second;
}

}  // namespace

std::optional<AppointmentFacts> FactsOf(const events::v1::Event& event) {
  if (event.aggregate() != "appointment") return std::nullopt;
  AppointmentFacts facts{.appointment_id = event.aggregate_id(),
                         .counsel_id = Text(event, "counsel_id"),
                         .version = event.version(),
                         .digital = Text(event, "digital") == "true",
                         .visible_until = absl::FromUnixMicros(Micros(event, "visible_until_us"))};
  if (const int64_t released = Micros(event, "released_us"); released != 0) {
    facts.released = absl::FromUnixMicros(released);
  }
  if (const int64_t end = Micros(event, "filings_visible_until_us"); end != 0) {
    facts.filings_visible_until = absl::FromUnixMicros(end);
  }
  return facts;
}

constexpr Statement kStore{"access_store", R"sql(
    INSERT INTO access_appointment (appointment_id, counsel_id, digital, visible_until, released, filings_visible_until, version)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (appointment_id) DO UPDATE
    SET counsel_id = excluded.counsel_id, digital = excluded.digital, visible_until = excluded.visible_until,
        released = excluded.released, filings_visible_until = excluded.filings_visible_until, version = excluded.version
    WHERE access_appointment.version < excluded.version)sql"};

void Store(postgres::Transaction& tx, const AppointmentFacts& facts) {
  tx.Exec(kStore, facts.appointment_id, facts.counsel_id, facts.digital,
          postgres::TimeParam(facts.visible_until), postgres::TimeParam(facts.released),
          postgres::TimeParam(facts.filings_visible_until), facts.version);
}

absl::Status Apply(postgres::Transaction& tx, const events::v1::Event& event) {
  if (const auto facts = FactsOf(event)) Store(tx, *facts);
  return absl::OkStatus();
}

constexpr Statement kReset{"access_reset", "DELETE FROM access_appointment"};

void Reset(postgres::Transaction& tx) { tx.Exec(kReset); }

absl::Status NotSeen(const rpc::Reading& reading, const std::string& appointment_id) {
  return reading.asked() ? Refuse(kNotFound) : rpc::AskFirst(appointment_id);
}

}  // namespace bitrade::access
