// A confirmation: a signature's place taken by a log-in for that alone, made after the person was
// shown what it is for. Which log-in counts, and how long one may begin it.
#pragma once

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/identity/domain/signature.h"

namespace bitrade::identity {

// How long before the browser's return an authentication may have been made.
constexpr absl::Duration kConfirmationAge = absl::Minutes(5);

// Checks that a person may be sent to the provider to confirm. Errors: SIGNATURE_NOT_PENDING, also
// when its time is over; SIGNATURE_METHOD_UNAVAILABLE for what is signed.
absl::Status CheckConfirmable(const Signature& signature, absl::Time now);

// Returns the earliest time of an authentication that counts at `now` for a confirmation that began
// at `begin`, when the provider's clock may be `skew` behind ours.
absl::Time EarliestAuthentication(absl::Time begin, absl::Duration skew, absl::Time now);

}  // namespace bitrade::identity
