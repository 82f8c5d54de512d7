// Registry's database with two counsel in it, for tests of stores.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "migrations/registry_schema.h"
#include "services/common/crypto/keyring.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"
#include "services/registry/domain/counsel.h"

namespace bitrade::registry::testing {

struct TwoCounsel {
  static inline const absl::Time kNow =
      absl::FromCivil(absl::CivilSecond(2026, 3, 2, 9, 0, 0), absl::UTCTimeZone());
  static inline const auto kAstrid = CounselId::Trusted("00000000-0000-7000-9000-000000000001");
  static inline const auto kAlma = CounselId::Trusted("00000000-0000-7000-9000-000000000003");

  TwoCounsel() : database(registry_schema()) {
    for (const auto& [id, name] : {std::pair(kAstrid, "Astrid"), std::pair(kAlma, "Alma")}) {
      database.Run("INSERT INTO counsel VALUES ('" + id.text() + "', '" + name +
                   "', 'ADVOCATE', 'LISTED', 'SECRECY_MARKER', NULL, NULL, NULL, NULL, NULL, "
                   "'agency', '{}', true, '', 1, '2026-01-01', '2026-01-01')");
    }
  }

  // Returns what `work(tx)` returns, in a transaction of its own.
  template <typename Work>
  auto Do(Work work) {
    std::optional<decltype(work(std::declval<postgres::Transaction&>()))> result;
    REQUIRE_OK(database.connection().Transact([&](postgres::Transaction& tx) -> absl::Status {
      result = work(tx);
      return absl::OkStatus();
    }));
    return *std::move(result);
  }

  bitrade::testing::Database database;
  crypto::Keyring keyring{{{"k1", std::string(32, 'k')}}};
};

}  // namespace bitrade::registry::testing
