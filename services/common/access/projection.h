// What access to an appointment rests on, as this service last heard it from appointments: kept by
// its events, read in one statement with whatever is asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/common/postgres/transaction.h"
#include "services/common/rpc/use_case.h"

namespace bitrade::events::v1 {
class Event;
}

namespace bitrade::access {

// Facts of one appointment; of a greater version are newer.
struct AppointmentFacts {
  std::string appointment_id;
  std::string counsel_id;
  int64_t version = 0;
  bool digital = false;
  absl::Time visible_until;
  std::optional<absl::Time> released;
  // Until when the counsel's own filings are seen, if that is longer: three months after the legal
  // force of the decision on compensation. Unknown is for ever.
  absl::Time filings_visible_until = absl::InfiniteFuture();
};

// How an appointment's facts travel in an event's data.
std::optional<AppointmentFacts> FactsOf(const events::v1::Event& event);

// Stores facts unless newer ones are stored.
void Store(postgres::Transaction& tx, const AppointmentFacts& facts);

// Applies an event of appointments. Events of other aggregates say nothing here.
absl::Status Apply(postgres::Transaction& tx, const events::v1::Event& event);

// Forgets everything, before a snapshot.
void Reset(postgres::Transaction& tx);

// Appointment `id` was not seen by the statement that joined the projection: asks the owner once,
// then it does not exist.
absl::Status NotSeen(const rpc::Reading& reading, const std::string& appointment_id);

// `a` is access_appointment, $2 the counsel, $3 the instant, $4 whether the owner was asked in this
// call. Facts older than five seconds count as unknown.
#define BITRADE_FACTS_COUNT                                                           \
  "($4::boolean OR EXISTS (SELECT 1 FROM consumer c WHERE c.source = 'appointments' " \
  "AND c.fresh_time > $3::timestamptz - interval '5 seconds'))"

// The condition of every statement that answers a counsel.
#define BITRADE_SEEN_BY_COUNSEL                                                  \
  "a.counsel_id = $2::uuid AND a.digital AND a.visible_until > $3::timestamptz " \
  "AND " BITRADE_FACTS_COUNT

// The same for what the counsel has filed, which outlives the appointment.
#define BITRADE_FILINGS_SEEN_BY_COUNSEL                                                           \
  "a.counsel_id = $2::uuid AND a.digital AND greatest(a.visible_until, a.filings_visible_until) " \
  "> $3::timestamptz AND " BITRADE_FACTS_COUNT

}  // namespace bitrade::access
