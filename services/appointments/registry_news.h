// What registry's events do in appointments, besides feeding the projection of delegations: flags
// follow the register, and delegates are compared with parties.
#pragma once

#include <memory>

#include "services/appointments/flags/follow.h"
#include "services/appointments/parties/comparer.h"
#include "services/appointments/stores.h"
#include "services/common/access/delegations/follow.h"
#include "services/common/rpc/process.h"
#include "services/common/rpc/recurring.h"

namespace bitrade::appointments {

struct RegistryNews {
  RegistryNews(rpc::Process& process, Stores& stores)
      : counsel(stores.availability, stores.flags, process.clock(), process.ids()),
        identity(process.To("identity")),
        comparer(stores.delegates, stores.parties, identity, process.clock(), process.ids()),
        comparing(process.config().database_url, absl::Seconds(1),
                  [this](auto& connection) { comparer.Round(connection); }) {}

  CounselFollower counsel;
  IdentityClient identity;
  Comparer comparer;
  rpc::Recurring comparing;
};

// Returns how `news` hears, which lives as long as what is returned.
inline access::OtherNews HeardBy(const std::shared_ptr<RegistryNews>& news) {
  return {.apply = [news](auto& tx, auto& event) -> absl::Status {
            news->comparer.Hear(tx, event);
            return news->counsel.Apply(tx, event);
          },
          .reset =
              [news](auto& tx) {
                news->comparer.Reset(tx);
                news->counsel.Reset(tx);
              }};
}

}  // namespace bitrade::appointments
