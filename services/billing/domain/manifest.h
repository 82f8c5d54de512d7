// The canonical form of a filing: what its digest, its receipt and its signature vouch for.
#pragma once

#include <string>

#include "services/billing/domain/calculation.h"
#include "services/billing/domain/claim.h"
#include "services/billing/domain/cost_statement.h"

namespace bitrade::billing {

// What is filed, by whom, and what it comes to.
struct Filing {
  const CostStatement& statement;
  const Claim& claim;
  const Calculation& calculation;
  FilingKind kind;
};

// Returns the manifest of a draft that is signed or confirmed, or of a filing that the session
// vouches for, which arrived at the statement's update_time: UTF-8 lines "name<TAB>value", values
// escaped so that each stays on its line, always in the same order. The same filing gives the same
// bytes.
std::string Manifest(const Filing& filing);

}  // namespace bitrade::billing
