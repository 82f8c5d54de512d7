// What access to an appointment rests on, as this service last heard it from appointments: kept by
// its events, read in one statement with whatever is asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/common/access/delegations/projection.h"
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
  std::string matter_id;
  int64_t version = 0;
  bool digital = false;
  absl::Time visible_until;
  std::optional<absl::Time> released;
  // Until when the counsel's own filings are seen, if that is longer: three months after the legal
  // force of the decision on compensation. Unknown is for ever.
  absl::Time filings_visible_until = absl::InfiniteFuture();
  // Of the matter; empty while appointments has not told them.
  std::string authority = {};
  std::string category = {};
};

// Returns the instant of microseconds since 1970, as events and the owner tell it; the largest
// number is the far future.
absl::Time InstantOf(int64_t micros);

// How an appointment's facts travel in an event's data.
std::optional<AppointmentFacts> FactsOf(const events::v1::Event& event);

// Stores facts unless newer ones are stored.
void Store(postgres::Transaction& tx, const AppointmentFacts& facts);

// Returns what is stored of an appointment, whatever its age; nullopt when nothing is. For callers
// that have just asked the owner, never for an answer to a counsel.
std::optional<AppointmentFacts> Load(postgres::Transaction& tx, const std::string& appointment_id);

// Applies an event of appointments. Events of other aggregates say nothing here.
absl::Status Apply(postgres::Transaction& tx, const events::v1::Event& event);

// Forgets everything, before a snapshot.
void Reset(postgres::Transaction& tx);

// An appointment was not seen by the statement that joined the projection: its owner is asked once,
// and registry with it for a delegate; then it does not exist.
absl::Status NotSeen(const rpc::Reading& reading, const std::string& appointment_id);

// The condition that a statement puts on access_appointment `a`, its parameters as ExecAs gives
// them: it is the counsel's $2, at $3 before its end, an SQL expression, and the reader is the
// counsel herself or a delegate with the scope who is counsel of nobody in the same matter. Facts
// older than five seconds count as unknown, unless the owners were asked in this call ($4).
#define BITRADE_SEEN_UNTIL(end)                                                           \
  "a.counsel_id = $2::uuid AND a.digital AND " end                                        \
  " > $3::timestamptz "                                                                   \
  "AND ($4::boolean OR EXISTS (SELECT 1 FROM consumer c WHERE c.source = 'appointments' " \
  "AND c.fresh_time > $3::timestamptz - interval '5 seconds')) "                          \
  "AND ($5::uuid IS NULL OR " BITRADE_DELEGATED                                           \
  " AND a.matter_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM access_appointment o "      \
  "WHERE o.counsel_id = $5::uuid "                                                        \
  "AND (o.matter_id = a.matter_id OR o.matter_id IS NULL)))"

// The condition of every statement that answers a counsel or her delegate.
#define BITRADE_SEEN_BY_COUNSEL BITRADE_SEEN_UNTIL("a.visible_until")

// When what the counsel has filed goes out of sight: not before the appointment.
#define BITRADE_END_OF_FILINGS "greatest(a.visible_until, a.filings_visible_until)"

}  // namespace bitrade::access
