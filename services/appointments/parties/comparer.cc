#include "services/appointments/parties/comparer.h"

#include <cstdint>

#include "absl/strings/numbers.h"
#include "services/appointments/parties/event.h"
#include "services/common/base/status_macros.h"
#include "services/common/events/append.h"
#include "services/common/log/log.h"

namespace bitrade::appointments {

namespace {

std::string Member(const events::v1::Event& event, const char* name) {
  const auto found = event.data().find(name);
  return found == event.data().end() ? std::string() : found->second;
}

// In the words of registry.
bool HasEnded(absl::string_view state) {
  return state == "REVOKED" || state == "EXPIRED" || state == "LAPSED";
}

}  // namespace

void Comparer::Hear(postgres::Transaction& tx, const events::v1::Event& event) {
  if (event.aggregate() != "delegation") return;
  const auto delegation = DelegationId::Trusted(event.aggregate_id());
  if (HasEnded(Member(event, "state"))) return delegates_.Release(tx, delegation);
  int64_t until_us = 0;
  if (!absl::SimpleAtoi(Member(event, "valid_until_us"), &until_us)) return;
  delegates_.Expect(tx, {.delegation = delegation,
                         .person = PersonId::Trusted(Member(event, "delegate")),
                         .until = absl::FromUnixMicros(until_us)});
}

void Comparer::Round(postgres::Connection& connection) {
  const auto unknown =
      connection.Transact([&](postgres::Transaction& tx) -> absl::StatusOr<std::vector<PersonId>> {
        delegates_.Forget(tx, clock_.TimeNow());
        return delegates_.Unknown(tx, clock_.TimeNow());
      });
  if (!unknown.ok()) return;
  for (const PersonId& person : *unknown) {
    const absl::Status compared = Compare(connection, person);
    if (compared.ok()) continue;
    log::Write(log::Level::kWarning, "a delegate is not compared yet", clock_.TimeNow(),
               {{"person_id", person.text()}, {"code", absl::StatusCodeToString(compared.code())}});
    if (absl::IsUnavailable(compared)) return;
  }
}

absl::Status Comparer::Compare(postgres::Connection& connection, const PersonId& person) {
  const absl::Time now = clock_.TimeNow();
  ASSIGN_OR_RETURN(const std::string number,
                   identity_.GetIdentityNumber({.request_id = ids_.NewUuid(now)}, person));
  return connection.Transact([&](postgres::Transaction& tx) -> absl::Status {
    delegates_.Learn(tx, person, number);
    for (const MatterId& matter : parties_.MattersOf(tx, person)) {
      const Party party{ids_.New<PartyId>(now), person, matter};
      parties_.Insert(tx, party);
      events::Append(tx, {.aggregate = kPartyAggregate,
                          .aggregate_id = party.id.text(),
                          .version = 1,
                          .kind = kPartyFound,
                          .time = now,
                          .actor = "appointments",
                          .data = EventData(party)});
    }
    return absl::OkStatus();
  });
}

}  // namespace bitrade::appointments
