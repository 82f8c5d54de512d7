// Sweeps away what broken uploads left behind.
#pragma once

#include <memory>
#include <string>

#include "absl/time/time.h"
#include "services/common/base/clock.h"
#include "services/common/postgres/connection.h"
#include "services/common/rpc/recurring.h"
#include "services/documents/documents/store.h"

namespace bitrade::documents {

// An upload that has stored nothing for so long has been given up.
inline constexpr absl::Duration kUploadPatience = absl::Minutes(10);

// Deletes every document that was staged and not touched since `now` less kUploadPatience, each in
// a transaction of its own, and logs how many. A failure leaves the rest to the next round.
void SweepAbandoned(postgres::Connection& connection, DocumentStore& documents, absl::Time now);

// Sweeps once a minute as long as what is returned lives, which `documents` and `clock` outlive.
std::shared_ptr<rpc::Recurring> SweepNowAndThen(const std::string& conninfo,
                                                DocumentStore& documents, const Clock& clock);

}  // namespace bitrade::documents
