#include "services/appointments/parties/comparer.h"

#include "services/appointments/parties/event.h"
#include "services/common/base/status_macros.h"
#include "services/common/events/append.h"
#include "services/common/log/log.h"

namespace bitrade::appointments {

void Comparer::Hear(postgres::Transaction& tx, const events::v1::Event& event) {
  const auto delegate = event.data().find("delegate");
  if (event.aggregate() != "delegation" || delegate == event.data().end()) return;
  store_.Expect(tx, PersonId::Trusted(delegate->second));
}

void Comparer::Round(postgres::Connection& connection) {
  const auto unknown =
      connection.Read([&](postgres::Transaction& tx) -> absl::StatusOr<std::vector<PersonId>> {
        return store_.Unknown(tx);
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
    store_.Learn(tx, person, number);
    for (const MatterId& matter : store_.MattersOf(tx, person)) {
      const Party party{ids_.New<PartyId>(now), person, matter};
      store_.Insert(tx, party);
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
