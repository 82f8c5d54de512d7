#include "services/appointments/flags/follow.h"

#include <string>

#include "services/appointments/flags/event.h"
#include "services/common/events/append.h"

namespace bitrade::appointments {
namespace {

// What a newer registry may say, and this version does not know, appoints nobody.
Listing ListingFrom(const std::string& name) {
  for (const Listing known : {Listing::kListed, Listing::kOnRequestOnly, Listing::kRemoved}) {
    if (name == ListingName(known)) return known;
  }
  return Listing::kIneligible;
}

void Tell(postgres::Transaction& tx, const Flag& flag, int64_t version, absl::Time now) {
  events::Append(tx, {.aggregate = "appointment_flag",
                      .aggregate_id = flag.id.text(),
                      .version = version,
                      .kind = version == kRaisedVersion ? "RAISED" : "LOWERED",
                      .time = now,
                      .actor = "appointments",
                      .data = EventData(flag)});
}

}  // namespace

absl::Status CounselFollower::Apply(postgres::Transaction& tx, const events::v1::Event& event) {
  if (event.aggregate() != "counsel") return absl::OkStatus();
  const auto counsel = CounselId::Trusted(event.aggregate_id());
  const auto listing = event.data().find("listing");
  if (listing == event.data().end()) return absl::OkStatus();
  const RegisterFacts told{.version = event.version(), .listing = ListingFrom(listing->second)};
  const absl::Time now = clock_.TimeNow();
  // The counsel stays locked: an appointment that is being made either sees this or is seen here.
  availability_.Learn(tx, counsel, told, now);
  Reflag(tx, counsel, availability_.FactsOf(tx, counsel), now);
  return absl::OkStatus();
}

// The flags follow what is stored, which may be newer than the event.
void CounselFollower::Reflag(postgres::Transaction& tx, const CounselId& counsel,
                             const RegisterFacts& facts, absl::Time now) {
  const std::optional<FlagKind> kind = FlagOf(facts.listing);
  for (const Flag& lowered : flags_.Lower(tx, counsel, kind, now)) {
    Tell(tx, lowered, kLoweredVersion, now);
  }
  if (!kind) return;
  for (const AppointmentId& appointment : flags_.InForce(tx, counsel, now)) {
    const Flag flag{.id = ids_.New<FlagId>(now),
                    .appointment = appointment,
                    .kind = *kind,
                    .register_version = facts.version,
                    .raised_time = now};
    if (flags_.Raise(tx, flag)) Tell(tx, flag, kRaisedVersion, now);
  }
}

}  // namespace bitrade::appointments
