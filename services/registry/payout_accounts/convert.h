// Payout accounts between the domain and the wire: no number leaves whole.
#pragma once

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "bitrade/registry/v1/payout_account.pb.h"
#include "bitrade/registry/v1/payout_account_service.pb.h"
#include "services/registry/payout_accounts/store.h"

namespace bitrade::registry {

// Returns the account that the counsel names.
//
// Errors: INVALID_REQUEST with all faults, PAYOUT_NUMBER_DOUBTFUL.
absl::StatusOr<PayoutAccount> FromProto(const v1::CreatePayoutAccountChangeRequest& request);

// Returns a change as its counsel sees it.
v1::PayoutAccountChange ToProto(const PayoutChange& change);

// Returns the account that `current` made. Precondition: it is filed.
v1::PayoutAccount AccountOf(const PayoutChange& current);

// Returns what an event says of an account: since when.
std::map<std::string, std::string> EventData(const PayoutStanding& standing);

}  // namespace bitrade::registry
