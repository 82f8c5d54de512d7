// What the clock alone does in registry: support tickets that were answered long enough ago are
// destroyed (Swedish: gallring), and the browsers of ended delegations forgotten.
#pragma once

#include <memory>
#include <string>

#include "absl/time/time.h"
#include "services/common/base/clock.h"
#include "services/common/postgres/connection.h"
#include "services/common/rpc/recurring.h"
#include "services/registry/stores.h"

namespace bitrade::registry {

// Does both as of `now`, a piece at a time, each in a transaction of its own: whoever comes after
// one that was killed goes on. A failure leaves the rest to the next round.
void Tidy(postgres::Connection& connection, Stores& stores, absl::Time now);

// Tidies once a minute as long as what is returned lives, which `stores` and `clock` outlive.
std::shared_ptr<rpc::Recurring> TidyNowAndThen(const std::string& conninfo, Stores& stores,
                                               const Clock& clock);

}  // namespace bitrade::registry
