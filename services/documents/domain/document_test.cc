#include "services/documents/domain/document.h"

#include "services/common/testing/catch.h"

namespace bitrade::documents {
namespace {

using bitrade::testing::ReasonOf;

Description Good() {
  return {.appointment = AppointmentId::Trusted("00000000-0000-7000-8000-000000000001"),
          .title = "Beslut",
          .file_name = "Beslut å.pdf",
          .media_type = "application/pdf",
          .size = 5,
          .sha256 = std::string(64, 'a')};
}

TEST_CASE("A good description is accepted", "[documents][domain]") {
  REQUIRE_OK(CheckDescription(Good()));
}

TEST_CASE("A description names each faulty field", "[documents][domain]") {
  Description bad = Good();
  bad.title.clear();
  bad.file_name = "../etc/passwd";
  bad.media_type = "Application/PDF";
  bad.size = 0;
  bad.sha256 = "AB";

  const absl::Status refused = CheckDescription(bad);

  CHECK(ReasonOf(refused) == "INVALID_REQUEST");
  CHECK(DetailsOf(refused).violations.size() == 5);
}

TEST_CASE("File names with a path, a line break or nothing are refused", "[documents][domain]") {
  Description bad = Good();
  bad.file_name = GENERATE(as<std::string>{}, "", ".", "..", "a/b.pdf", "a\\b.pdf", "a\r\nb.pdf");

  CHECK(ReasonOf(CheckDescription(bad)) == "INVALID_REQUEST");
}

TEST_CASE("Titles and file names are measured in characters", "[documents][domain]") {
  Description described = Good();
  for (int i = 0; i < 146; ++i) described.file_name.insert(0, "å");

  CHECK(ReasonOf(CheckDescription(described)) == "INVALID_REQUEST");
  described.file_name = described.file_name.substr(size_t{2} * 9);
  REQUIRE_OK(CheckDescription(described));
}

TEST_CASE("Nothing is communicated to an appointment that is released, ended or on paper",
          "[documents][domain]") {
  const absl::Time now = absl::FromUnixSeconds(1'800'000'000);
  const absl::Time later = now + absl::Hours(1);
  const Recipient in_force{true, std::nullopt, absl::InfiniteFuture()};
  const Recipient on_paper{false, std::nullopt, absl::InfiniteFuture()};

  REQUIRE_OK(CheckRecipient(in_force, now));
  REQUIRE_OK(CheckRecipient({true, later, later}, now));
  CHECK(ReasonOf(CheckRecipient({true, now, later}, now)) == "APPOINTMENT_RELEASED");
  CHECK(ReasonOf(CheckRecipient({true, std::nullopt, now}, now)) == "APPOINTMENT_ENDED");
  CHECK(ReasonOf(CheckRecipient(on_paper, now)) == "APPOINTMENT_ON_PAPER");
}

TEST_CASE("What is called a PDF begins like one", "[documents][domain]") {
  Description described = Good();

  REQUIRE_OK(CheckBeginning(described, "%PDF-1.7"));
  REQUIRE_OK(CheckBeginning(described, "%P"));
  CHECK(ReasonOf(CheckBeginning(described, "<html>")) == "CONTENT_MISMATCH");
  CHECK(ReasonOf(CheckBeginning(described, "%p")) == "CONTENT_MISMATCH");
  described.media_type = "application/octet-stream";
  REQUIRE_OK(CheckBeginning(described, "<html>"));
}

TEST_CASE("A document above 500 MiB is refused by name", "[documents][domain]") {
  Description large = Good();
  large.size = kMaxSize + 1;

  CHECK(ReasonOf(CheckDescription(large)) == "DOCUMENT_TOO_LARGE");
}

TEST_CASE("Content that differs in size or digest is refused", "[documents][domain]") {
  const Description described = Good();

  REQUIRE_OK(CheckContent(described, 5, described.sha256));
  CHECK(ReasonOf(CheckContent(described, 4, described.sha256)) == "CONTENT_MISMATCH");
  CHECK(ReasonOf(CheckContent(described, 5, std::string(64, 'b'))) == "CONTENT_MISMATCH");
}

}  // namespace
}  // namespace bitrade::documents
