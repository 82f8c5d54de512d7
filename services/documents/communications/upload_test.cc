#include "services/documents/communications/upload.h"

#include <thread>

#include "services/common/testing/catch.h"
#include "services/documents/communications/sweep.h"
#include "services/documents/testing/bench.h"

namespace bitrade::documents {
namespace {

using bitrade::testing::ReasonOf;
using testing::Bench;
using testing::Described;
using testing::Facts;
using testing::kCounsel;
using testing::kNow;
using testing::Pdf;

const std::string kContent = Pdf(200'000);

int64_t Published(Bench& bench) {
  return bench.Count("SELECT count(*) FROM document WHERE state = 'COMMUNICATED'");
}

TEST_CASE("Pieces of any size make the same document", "[documents][postgres]") {
  const size_t piece = GENERATE(999, 65'536, 262'144);
  Bench bench;

  const auto document = bench.Communicate(Described("s", kContent), kContent, piece);

  REQUIRE_OK(document);
  CHECK(document->state() == v1::Document::COMMUNICATED);
  CHECK(document->title() == "Beslut om Amina");
  CHECK((bench.Download(kCounsel, document->id()).value() == kContent));
}

TEST_CASE("Nothing is seen of a document before its last byte is stored", "[documents][postgres]") {
  Bench bench;
  Upload upload(bench.documents, bench.contents, bench.policy);
  REQUIRE_OK(bench.Describe(upload, Described("s", kContent)));
  REQUIRE_OK(bench.SendData(upload, kContent));
  const auto id = bench.database.Run("SELECT id FROM document")[0][0].as<std::string>();

  CHECK(ReasonOf(bench.Download(kCounsel, id)) == "NOT_FOUND");
  REQUIRE_OK(bench.Close(upload));
  REQUIRE_OK(bench.Download(kCounsel, id));
}

TEST_CASE("The same again gives the first answer before its content comes",
          "[documents][postgres]") {
  Bench bench;
  const auto first = bench.Communicate(Described("s", kContent), kContent, 70'000);
  bench.clock.Advance(absl::Hours(1));
  Upload again(bench.documents, bench.contents, bench.policy);

  const auto answer = bench.Describe(again, Described("s", kContent));

  REQUIRE_OK(first);
  REQUIRE_OK(answer);
  REQUIRE(answer->has_value());
  CHECK((*answer)->SerializeAsString() == first->SerializeAsString());
  CHECK(bench.Count("SELECT count(*) FROM document") == 1);
}

TEST_CASE("The first answer is kept without what it says of persons", "[documents][postgres]") {
  Bench bench;
  REQUIRE_OK(bench.Communicate(Described("s", kContent), kContent, 70'000));

  // What is sealed is as long as what was: names would show in its length.
  const int64_t length = bench.Count("SELECT length(answer) FROM idempotency_key WHERE key = 's'");
  v1::CommunicateDescription longer = Described("t", kContent);
  longer.set_title(std::string(200, 'x'));
  REQUIRE_OK(bench.Communicate(longer, kContent, 70'000));
  CHECK(bench.Count("SELECT length(answer) FROM idempotency_key WHERE key = 't'") == length);
}

TEST_CASE("Other content under a source id is refused", "[documents][postgres]") {
  Bench bench;
  const std::string other = Pdf(1'000);
  REQUIRE_OK(bench.Communicate(Described("s", kContent), kContent, 70'000));

  CHECK(ReasonOf(bench.Communicate(Described("s", other), other, 1'000)) == "SOURCE_ID_REUSED");
  CHECK(Published(bench) == 1);
}

TEST_CASE("An upload that broke begins anew with the same source id", "[documents][postgres]") {
  Bench bench;
  {
    Upload broken(bench.documents, bench.contents, bench.policy);
    REQUIRE_OK(bench.Describe(broken, Described("s", kContent)));
    REQUIRE_OK(bench.SendData(broken, kContent.substr(0, 100'000)));
  }

  const auto document = bench.Communicate(Described("s", kContent), kContent, 70'000);

  REQUIRE_OK(document);
  CHECK((bench.Download(kCounsel, document->id()).value() == kContent));
  CHECK(Published(bench) == 1);
}

TEST_CASE("What a crash of the database has taken of a content keeps it from being published",
          "[documents][postgres]") {
  Bench bench;
  Upload torn(bench.documents, bench.contents, bench.policy);
  REQUIRE_OK(bench.Describe(torn, Described("s", kContent)));
  REQUIRE_OK(bench.SendData(torn, kContent));
  bench.database.Run("DELETE FROM chunk WHERE index = 1");

  CHECK(ReasonOf(bench.Close(torn)) == "CONFLICT_RETRY");
  CHECK(Published(bench) == 0);
  const auto again = bench.Communicate(Described("s", kContent), kContent, 70'000);

  REQUIRE_OK(again);
  CHECK((bench.Download(kCounsel, again->id()).value() == kContent));
}

TEST_CASE("Of two uploads of one source id side by side one publishes, and both get its answer",
          "[documents][postgres]") {
  Bench bench;
  Upload one(bench.documents, bench.contents, bench.policy);
  Upload two(bench.documents, bench.contents, bench.policy);
  for (Upload* upload : {&one, &two}) {
    REQUIRE_OK(bench.Describe(*upload, Described("s", kContent)));
    REQUIRE_OK(bench.SendData(*upload, kContent));
  }
  absl::StatusOr<v1::Document> first, second;
  std::thread other([&] { second = bench.Close(two); });
  first = bench.Close(one);
  other.join();

  // Who comes while the other's last step runs is told so, and asks again.
  if (ReasonOf(first) == "IDEMPOTENCY_IN_PROGRESS") first = bench.Close(one);
  if (ReasonOf(second) == "IDEMPOTENCY_IN_PROGRESS") second = bench.Close(two);
  REQUIRE_OK(first);
  REQUIRE_OK(second);
  CHECK(first->SerializeAsString() == second->SerializeAsString());
  CHECK(Published(bench) == 1);
  CHECK(bench.Count("SELECT count(*) FROM event") == 1);
}

TEST_CASE("Content that is not as described is never published", "[documents][postgres]") {
  Bench bench;
  v1::CommunicateDescription digest = Described("a", kContent);
  digest.set_sha256(std::string(64, 'a'));
  v1::CommunicateDescription larger = Described("b", kContent);
  larger.set_size(200'001);
  v1::CommunicateDescription smaller = Described("c", kContent);
  smaller.set_size(199'999);
  const std::string html = "<html></html>";

  for (const auto& described : {digest, larger, smaller}) {
    CHECK(ReasonOf(bench.Communicate(described, kContent, 70'000)) == "CONTENT_MISMATCH");
  }
  CHECK(ReasonOf(bench.Communicate(Described("d", html), html, 4)) == "CONTENT_MISMATCH");
  CHECK(Published(bench) == 0);
  CHECK(bench.Count("SELECT count(*) FROM event") == 0);
}

TEST_CASE("Messages out of order are refused", "[documents][postgres]") {
  Bench bench;
  Upload upload(bench.documents, bench.contents, bench.policy);

  CHECK(ReasonOf(bench.Close(upload)) == "INVALID_REQUEST");
  CHECK(ReasonOf(bench.SendData(upload, "%PDF-")) == "INVALID_REQUEST");
  REQUIRE_OK(bench.Describe(upload, Described("s", kContent)));
  CHECK(ReasonOf(bench.Describe(upload, Described("s", kContent))) == "INVALID_REQUEST");
}

TEST_CASE("Nothing is communicated to whom the owner says it must not", "[documents][postgres]") {
  Bench bench;
  access::AppointmentFacts released = Facts();
  released.version = 2;
  released.released = kNow;
  access::AppointmentFacts paper = Facts();
  paper.digital = false;
  v1::CommunicateDescription unknown = Described("s", kContent);
  unknown.set_appointment_id("00000000-0000-7000-8000-0000000000ff");

  CHECK(ReasonOf(bench.Communicate(unknown, kContent, 70'000)) == "NOT_FOUND");
  bench.OwnerSays(paper);
  CHECK(ReasonOf(bench.Communicate(Described("s", kContent), kContent, 70'000)) ==
        "APPOINTMENT_ON_PAPER");
  bench.OwnerSays(released);
  CHECK(ReasonOf(bench.Communicate(Described("s", kContent), kContent, 70'000)) ==
        "APPOINTMENT_RELEASED");
}

TEST_CASE("To a case system out of whose reach it is, an appointment does not exist",
          "[documents][postgres]") {
  Bench bench;
  access::AppointmentFacts foreign = Facts();
  foreign.authority = GENERATE("POLICE_AUTHORITY", "");
  bench.OwnerSays(foreign);

  CHECK(ReasonOf(bench.Communicate(Described("s", kContent), kContent, 70'000)) == "NOT_FOUND");
  CHECK(bench.Count("SELECT count(*) FROM document") == 0);
}

TEST_CASE("A release while the content comes stops it from being published",
          "[documents][postgres]") {
  Bench bench;
  Upload upload(bench.documents, bench.contents, bench.policy);
  REQUIRE_OK(bench.Describe(upload, Described("s", kContent)));
  REQUIRE_OK(bench.SendData(upload, kContent));
  access::AppointmentFacts released = Facts();
  released.version = 2;
  released.released = kNow;
  bench.OwnerSays(released);

  CHECK(ReasonOf(bench.Close(upload)) == "APPOINTMENT_RELEASED");
  CHECK(Published(bench) == 0);
}

TEST_CASE("What an upload left behind is swept away once it has been given up",
          "[documents][postgres]") {
  Bench bench;
  REQUIRE_OK(bench.Communicate(Described("whole", kContent), kContent, 70'000));
  Upload broken(bench.documents, bench.contents, bench.policy);
  REQUIRE_OK(bench.Describe(broken, Described("s", kContent)));
  REQUIRE_OK(bench.SendData(broken, kContent));

  SweepAbandoned(bench.database.connection(), bench.documents, kNow + kUploadPatience);
  CHECK(bench.Count("SELECT count(*) FROM document") == 2);
  SweepAbandoned(bench.database.connection(), bench.documents,
                 kNow + kUploadPatience + absl::Seconds(1));

  CHECK(bench.Count("SELECT count(*) FROM document") == 1);
  CHECK(bench.Count("SELECT count(*) FROM chunk") == 4);
  CHECK(ReasonOf(bench.Close(broken)) == "CONFLICT_RETRY");
}

}  // namespace
}  // namespace bitrade::documents
