#include "services/registry/counsel/store.h"

#include "migrations/registry_schema.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"

namespace bitrade::registry {
namespace {

Counsel Astrid() {
  return {.id = CounselId::Trusted("00000000-0000-7000-8000-000000000001"),
          .details = {.name = "Astrid Exempelsson",
                      .qualification = Qualification::kAssociate,
                      .workplace = {.street = "Storgatan 1",
                                    .postal_code = "11122",
                                    .city = "Stockholm"},
                      .phone = "+46812345678",
                      .email = "astrid@exempel.example",
                      .languages = {"sv", "ar"},
                      .f_tax = true,
                      .vat_number = ""},
          .listing = Listing::kOnRequestOnly,
          .create_time = absl::FromUnixSeconds(1'800'000'000),
          .update_time = absl::FromUnixSeconds(1'800'000'000)};
}

TEST_CASE("A counsel comes back as entered, and is entered once", "[registry][postgres]") {
  testing::Database database(registry_schema());
  CounselStore store;
  REQUIRE_OK(database.connection().Transact([&](postgres::Transaction& tx) -> absl::Status {
    CHECK(store.Insert(tx, Astrid()));
    CHECK_FALSE(store.Insert(tx, Astrid()));
    const std::optional<Counsel> found = store.Find(tx, Astrid().id);
    REQUIRE(found.has_value());
    CHECK(found->details.name == Astrid().details.name);
    CHECK(found->details.languages == Astrid().details.languages);
    CHECK(found->details.qualification == Qualification::kAssociate);
    CHECK(found->listing == Listing::kOnRequestOnly);
    CHECK(found->update_time == Astrid().update_time);
    CHECK_FALSE(
        store.Find(tx, CounselId::Trusted("00000000-0000-7000-8000-000000000002")).has_value());
    CHECK(store.All(tx).size() == 1);
    return absl::OkStatus();
  }));
}

}  // namespace
}  // namespace bitrade::registry
