#include "services/documents/documents/store.h"

#include "absl/strings/str_cat.h"
#include "services/common/testing/catch.h"
#include "services/documents/testing/bench.h"

namespace bitrade::documents {
namespace {

using bitrade::testing::ReasonOf;
using testing::Bench;
using testing::Described;
using testing::Facts;
using testing::kAppointment;
using testing::kCounsel;
using testing::kNow;
using testing::kStranger;
using testing::Pdf;

const AppointmentId kId = AppointmentId::Trusted(kAppointment);

// Communicates documents a minute apart; returns their ids, the newest first.
std::vector<std::string> Communicate(Bench& bench, int count) {
  std::vector<std::string> ids;
  for (int i = 0; i < count; ++i) {
    bench.clock.Advance(absl::Minutes(1));
    const std::string content = Pdf(100);
    const auto document = bench.Communicate(Described(absl::StrCat("s", i), content), content, 100);
    REQUIRE_OK(document);
    ids.insert(ids.begin(), document->id());
  }
  return ids;
}

std::optional<DocumentPage> List(Bench& bench, const Reader& reader, const rpc::PageRows& rows) {
  std::optional<DocumentPage> listed;
  REQUIRE_OK(bench.database.connection().Read([&](postgres::Transaction& tx) -> absl::Status {
    ASSIGN_OR_RETURN(listed, bench.documents.List(tx, reader, kId, rows));
    return absl::OkStatus();
  }));
  return listed;
}

std::vector<std::string> IdsOf(const DocumentPage& page) {
  std::vector<std::string> ids;
  for (const Document& document : page.documents) ids.push_back(document.id.text());
  return ids;
}

TEST_CASE("Documents are listed the newest first, by number and by cursor",
          "[documents][postgres]") {
  Bench bench;
  const std::vector<std::string> ids = Communicate(bench, 3);
  const Reader reader{kCounsel, kNow, true};

  const auto first = List(bench, reader, {.limit = 2});
  const auto second = List(bench, reader, {.limit = 2, .offset = 2});
  const auto after = List(bench, reader, {.limit = 2, .before = ids[1]});

  CHECK(IdsOf(*first) == std::vector{ids[0], ids[1]});
  CHECK_FALSE(first->last);
  CHECK(first->total == 3);
  CHECK(IdsOf(*second) == std::vector{ids[2]});
  CHECK(second->last);
  CHECK(IdsOf(*after) == std::vector{ids[2]});
  CHECK(after->total == 3);
}

TEST_CASE("An appointment without documents is an empty page, an unseen one is none",
          "[documents][postgres]") {
  Bench bench;
  REQUIRE_OK(bench.database.connection().Transact([](postgres::Transaction& tx) {
    access::Store(tx, Facts());
    return absl::OkStatus();
  }));

  const auto empty = List(bench, {kCounsel, kNow, true}, {});

  REQUIRE(empty.has_value());
  CHECK(empty->documents.empty());
  CHECK(empty->last);
  CHECK_FALSE(List(bench, {kStranger, kNow, true}, {}).has_value());
  CHECK_FALSE(List(bench, {kCounsel, kNow + absl::Hours(24), true}, {}).has_value());
}

TEST_CASE("What the projection last heard more than five seconds ago is not a yes",
          "[documents][postgres]") {
  Bench bench;
  const std::string id = Communicate(bench, 1)[0];
  bench.database.Run(
      absl::StrCat("INSERT INTO consumer (source, fresh_time) VALUES ('appointments', '",
                   absl::FormatTime(kNow, absl::UTCTimeZone()), "')"));
  const auto seen = [&](absl::Time now, bool asked) {
    bool found = false;
    REQUIRE_OK(bench.database.connection().Read([&](postgres::Transaction& tx) -> absl::Status {
      ASSIGN_OR_RETURN(const auto document,
                       bench.documents.Find(tx, {kCounsel, now, asked}, DocumentId::Trusted(id)));
      found = document.has_value();
      return absl::OkStatus();
    }));
    return found;
  };

  CHECK(seen(kNow + absl::Seconds(4), /*asked=*/false));
  CHECK_FALSE(seen(kNow + absl::Seconds(6), /*asked=*/false));
  CHECK(seen(kNow + absl::Seconds(6), /*asked=*/true));
}

TEST_CASE("A document is found with its names as communicated, by its counsel alone",
          "[documents][postgres]") {
  Bench bench;
  const DocumentId id = DocumentId::Trusted(Communicate(bench, 1)[0]);

  REQUIRE_OK(bench.database.connection().Read([&](postgres::Transaction& tx) -> absl::Status {
    ASSIGN_OR_RETURN(const auto mine, bench.documents.Find(tx, {kCounsel, kNow, true}, id));
    ASSIGN_OR_RETURN(const auto foreign, bench.documents.Find(tx, {kStranger, kNow, true}, id));
    REQUIRE(mine.has_value());
    CHECK(mine->description.title == "Beslut om Amina");
    CHECK(mine->description.file_name == "Beslut Amina.pdf");
    CHECK(mine->state == State::kCommunicated);
    CHECK_FALSE(foreign.has_value());
    return absl::OkStatus();
  }));
}

TEST_CASE("A title that was put onto another document is refused", "[documents][postgres]") {
  Bench bench;
  const std::string id = Communicate(bench, 2)[0];
  bench.database.Run("UPDATE document SET title = file_name");

  const absl::Status read =
      bench.database.connection().Read([&](postgres::Transaction& tx) -> absl::Status {
        return bench.documents.Find(tx, {kCounsel, kNow, true}, DocumentId::Trusted(id)).status();
      });

  CHECK(ReasonOf(read) == "SEAL_BROKEN");
}

TEST_CASE("Events of documents tell ids and states alone", "[documents][postgres]") {
  Bench bench;
  const std::string id = Communicate(bench, 1)[0];

  const pqxx::result rows = bench.database.Run(
      "SELECT aggregate, aggregate_id, kind, data::text, event::text FROM event");

  REQUIRE(rows.size() == 1);
  CHECK(rows[0][0].as<std::string>() == "document");
  CHECK(rows[0][1].as<std::string>() == id);
  CHECK(rows[0][2].as<std::string>() == "COMMUNICATED");
  CHECK(rows[0][3].as<std::string>() ==
        absl::StrCat("{\"appointment_id\": \"", kAppointment, "\"}"));
  CHECK(rows[0][4].as<std::string>().find("Amina") == std::string::npos);
}

}  // namespace
}  // namespace bitrade::documents
