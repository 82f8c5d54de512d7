#include "services/appointments/parties/comparer.h"

#include <optional>

#include "services/appointments/parties/event.h"
#include "services/common/access/delegations/projection.h"
#include "services/common/base/status_macros.h"
#include "services/common/events/append.h"
#include "services/common/events/data.h"
#include "services/common/log/log.h"

namespace bitrade::appointments {
namespace {

// In the words of registry.
bool HasEnded(absl::string_view state) {
  return state == "REVOKED" || state == "EXPIRED" || state == "LAPSED";
}

}  // namespace

void Comparer::Hear(postgres::Transaction& tx, const events::v1::Event& event) {
  const std::optional<access::DelegationFacts> facts = access::DelegationFactsOf(event);
  if (!facts) return;
  const auto delegation = DelegationId::Trusted(facts->delegation_id);
  if (HasEnded(events::DataText(event, "state"))) return delegates_.Release(tx, delegation);
  delegates_.Expect(tx, {.delegation = delegation,
                         .person = PersonId::Trusted(facts->delegate_id),
                         .until = facts->valid_until});
}

void Comparer::Round(postgres::Connection& connection) {
  const auto unknown =
      connection.Transact([&](postgres::Transaction& tx) -> absl::StatusOr<std::vector<PersonId>> {
        const absl::Time now = clock_.TimeNow();
        delegates_.Forget(tx, now);
        return delegates_.Unknown(tx, now);
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
