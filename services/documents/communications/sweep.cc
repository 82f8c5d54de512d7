#include "services/documents/communications/sweep.h"

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "services/common/log/log.h"

namespace bitrade::documents {

void SweepAbandoned(postgres::Connection& connection, DocumentStore& documents, absl::Time now) {
  const auto sweep_one = [&]() -> bool {
    const absl::StatusOr<bool> swept =
        connection.Transact([&](postgres::Transaction& tx) -> absl::StatusOr<bool> {
          return documents.SweepStaged(tx, now - kUploadPatience);
        });
    return swept.ok() && *swept;
  };
  int count = 0;
  while (sweep_one()) ++count;
  if (count > 0) {
    log::Write(log::Level::kInfo, "abandoned uploads swept away", now,
               {{"count", absl::StrCat(count), true}});
  }
}

std::shared_ptr<rpc::Recurring> SweepNowAndThen(const std::string& conninfo,
                                                DocumentStore& documents, const Clock& clock) {
  return std::make_shared<rpc::Recurring>(conninfo, absl::Minutes(1),
                                          [&documents, &clock](postgres::Connection& connection) {
                                            SweepAbandoned(connection, documents, clock.TimeNow());
                                          });
}

}  // namespace bitrade::documents
