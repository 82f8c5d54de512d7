#include "services/documents/content/store.h"

#include "absl/strings/str_cat.h"
#include "services/common/testing/catch.h"
#include "services/documents/domain/byte_range.h"
#include "services/documents/testing/bench.h"

namespace bitrade::documents {
namespace {

using bitrade::testing::CodeOf;
using bitrade::testing::ReasonOf;
using testing::Bench;
using testing::Described;
using testing::kCounsel;
using testing::kNow;
using testing::kStranger;
using testing::Pdf;

constexpr size_t kSize = 200'000;  // four chunks

std::string Communicated(Bench& bench, const std::string& source_id) {
  const std::string content = Pdf(kSize);
  const auto document = bench.Communicate(Described(source_id, content), content, 70'000);
  REQUIRE_OK(document);
  return document->id();
}

TEST_CASE("Any range comes back as it was communicated", "[documents][postgres]") {
  struct Range {
    int64_t offset, length;
  };
  const auto range = GENERATE(Range{0, 0}, Range{0, 1}, Range{65'530, 16}, Range{65'536, 65'536},
                              Range{131'071, 2}, Range{199'999, 1}, Range{1, 199'000});
  Bench bench;
  const std::string id = Communicated(bench, "s");

  const auto part = bench.Download(kCounsel, id, range.offset, range.length);

  REQUIRE_OK(part);
  const size_t length = range.length == 0 ? kSize : static_cast<size_t>(range.length);
  CHECK((*part == Pdf(kSize).substr(static_cast<size_t>(range.offset), length)));
}

TEST_CASE("The last bytes are read by a negative offset, and none beyond the end",
          "[documents][postgres]") {
  Bench bench;
  const std::string id = Communicated(bench, "s");

  CHECK(bench.Download(kCounsel, id, -10).value() == Pdf(kSize).substr(kSize - 10));
  CHECK(ReasonOf(bench.Download(kCounsel, id, kSize)) == "RANGE_NOT_SATISFIABLE");
}

TEST_CASE("Content that somebody tampered with is refused as damaged", "[documents][postgres]") {
  struct Fault {
    const char* name;
    const char* sql;
  };
  const auto fault =
      GENERATE(Fault{"changed",
                     "UPDATE chunk SET sealed = set_byte(sealed, 100, get_byte(sealed, 100) # 1) "
                     "WHERE index = 2"},
               Fault{"two swapped",
                     "UPDATE chunk SET index = 9 WHERE index = 1; UPDATE chunk SET index = 1 "
                     "WHERE index = 2; UPDATE chunk SET index = 2 WHERE index = 9"},
               Fault{"the last cut off", "DELETE FROM chunk WHERE index = 3"},
               Fault{"one in the middle missing", "DELETE FROM chunk WHERE index = 1"},
               Fault{"cut off with the size mended",
                     "DELETE FROM chunk WHERE index = 3; UPDATE document SET size = 196608"},
               Fault{"a chunk cut short",
                     "UPDATE chunk SET sealed = substr(sealed, 1, 1000) WHERE index = 0"},
               Fault{"emptied", "UPDATE chunk SET sealed = '' WHERE index = 0"},
               Fault{"a foreign key", "UPDATE document SET wrapped_key = title"});
  Bench bench;
  const std::string id = Communicated(bench, "s");
  bench.database.Run(fault.sql);

  const auto content = bench.Download(kCounsel, id);

  INFO(fault.name);
  CHECK(ReasonOf(content) == "SEAL_BROKEN");
  CHECK(CodeOf(content) == absl::StatusCode::kDataLoss);
  CHECK(content.status().message().find("PDF") == absl::string_view::npos);
}

TEST_CASE("A chunk of another document is refused, its key and all", "[documents][postgres]") {
  const bool with_key = GENERATE(false, true);
  Bench bench;
  const std::string id = Communicated(bench, "s");
  const std::string other = Communicated(bench, "other");
  bench.database.Run(
      absl::StrCat("UPDATE chunk SET sealed = (SELECT sealed FROM chunk c WHERE c.document_id = '",
                   other, "' AND c.index = chunk.index) WHERE document_id = '", id, "'"));
  if (with_key) {
    bench.database.Run(
        absl::StrCat("UPDATE document SET wrapped_key = (SELECT wrapped_key FROM "
                     "document WHERE id = '",
                     other, "') WHERE id = '", id, "'"));
  }

  CHECK(ReasonOf(bench.Download(kCounsel, id)) == "SEAL_BROKEN");
  REQUIRE_OK(bench.Download(kCounsel, other));
}

TEST_CASE("Content is not in the database in clear", "[documents][postgres]") {
  Bench bench;
  Communicated(bench, "s");

  CHECK(bench.Count("SELECT count(*) FROM chunk WHERE position('%PDF'::bytea IN sealed) > 0") == 0);
  CHECK(bench.Count("SELECT count(*) FROM document WHERE position('Amina'::bytea IN title) > 0 "
                    "OR position('Amina'::bytea IN file_name) > 0") == 0);
}

TEST_CASE("Content that is not seen does not exist", "[documents][postgres]") {
  Bench bench;
  const std::string id = Communicated(bench, "s");

  CHECK(ReasonOf(bench.Download(kStranger, id)) == "NOT_FOUND");
  bench.clock.Set(kNow + absl::Hours(24));
  CHECK(ReasonOf(bench.Download(kCounsel, id)) == "NOT_FOUND");
}

TEST_CASE("Who loses sight of a document in the middle gets no further chunk",
          "[documents][postgres]") {
  Bench bench;
  const std::string id = Communicated(bench, "s");
  const Reader before{kCounsel, kNow, true};
  const Reader after{kCounsel, kNow + absl::Hours(24), true};

  REQUIRE_OK(bench.database.connection().Read([&](postgres::Transaction& tx) {
    const DocumentId document = DocumentId::Trusted(id);
    CHECK(bench.contents.Get(tx, before, document, 0).has_value());
    CHECK_FALSE(bench.contents.Get(tx, after, document, 1).has_value());
    return absl::OkStatus();
  }));
}

}  // namespace
}  // namespace bitrade::documents
