#include "services/common/testing/catch.h"
#include "services/documents/domain/byte_range.h"
#include "services/documents/testing/served.h"

namespace bitrade::documents {
namespace {

using bitrade::testing::ReasonOf;
using testing::Described;
using testing::Downloaded;
using testing::kStranger;
using testing::Pdf;
using testing::Served;

const std::string kContent = Pdf(450'000);

v1::DownloadRequest Communicated(Served& served) {
  const auto document = served.Communicate(Described("s", kContent), kContent);
  REQUIRE_OK(document);
  v1::DownloadRequest request;
  request.set_document_id(document->id());
  return request;
}

std::string RefusalOf(const Downloaded& downloaded) {
  return ReasonOf(rpc::FromGrpc(downloaded.status));
}

TEST_CASE("A download is the metadata and then a chunk a message", "[documents][rpc]") {
  Served served;
  const v1::DownloadRequest request = Communicated(served);

  const Downloaded all = served.Download(request);

  REQUIRE(all.status.ok());
  REQUIRE(all.messages.size() == 1 + 7);
  CHECK(all.messages[0].document().sha256() == Described("s", kContent).sha256());
  CHECK(all.messages[0].length() == 450'000);
  CHECK(all.messages[0].data().empty());
  CHECK(all.messages[1].data().size() == kChunkSize);
  CHECK((all.content() == kContent));
}

TEST_CASE("A range of two bytes across chunks costs two chunks", "[documents][rpc]") {
  Served served;
  v1::DownloadRequest request = Communicated(served);
  request.set_offset(2 * kChunkSize - 1);
  request.set_length(2);
  served.bench().database.Run("DELETE FROM chunk WHERE index NOT IN (1, 2)");

  const Downloaded part = served.Download(request);

  REQUIRE(part.status.ok());
  CHECK(part.messages[0].offset() == 2 * kChunkSize - 1);
  CHECK(part.content() == kContent.substr(2 * kChunkSize - 1, 2));
}

TEST_CASE("Metadata alone is answered without reading content", "[documents][rpc]") {
  Served served;
  v1::DownloadRequest request = Communicated(served);
  request.set_metadata_only(true);
  served.bench().database.Run("DELETE FROM chunk");

  const Downloaded head = served.Download(request);

  REQUIRE(head.status.ok());
  CHECK(head.messages.size() == 1);
}

TEST_CASE("A chunk that was changed ends the download without a byte of it", "[documents][rpc]") {
  Served served;
  const v1::DownloadRequest request = Communicated(served);
  served.bench().database.Run(
      "UPDATE chunk SET sealed = set_byte(sealed, 9, get_byte(sealed, 9) # 1) WHERE index = 2");

  const Downloaded cut = served.Download(request);

  CHECK(cut.status.error_code() == grpc::StatusCode::INTERNAL);
  CHECK(cut.status.error_message().empty());
  CHECK((cut.content() == kContent.substr(0, 2 * kChunkSize)));
}

TEST_CASE("A read is in the audit trail before its first byte", "[documents][rpc]") {
  Served served;
  const v1::DownloadRequest request = Communicated(served);
  served.bench().database.Run("DELETE FROM chunk");

  const Downloaded none = served.Download(request);

  CHECK(none.content().empty());
  CHECK(served.bench().Count("SELECT count(*) FROM audit WHERE rpc LIKE '%/Download' AND outcome = "
                             "'OK' AND '" +
                             request.document_id() + "' = ANY (object_ids)") == 1);
}

TEST_CASE("Content that is foreign or not there is the same refusal", "[documents][rpc]") {
  Served served;
  const v1::DownloadRequest request = Communicated(served);
  v1::DownloadRequest missing;
  missing.set_document_id("00000000-0000-7000-8000-0000000000ff");
  served.LogIn(kStranger);

  CHECK(RefusalOf(served.Download(request)) == "NOT_FOUND");
  CHECK(RefusalOf(served.Download(missing)) == "NOT_FOUND");
  CHECK(served.Download(request).messages.empty());
}

TEST_CASE("A range beyond the end is refused with the size", "[documents][rpc]") {
  Served served;
  v1::DownloadRequest request = Communicated(served);
  request.set_offset(450'000);

  const absl::Status refused = rpc::FromGrpc(served.Download(request).status);

  CHECK(ReasonOf(refused) == "RANGE_NOT_SATISFIABLE");
  CHECK(DetailsOf(refused).metadata == Metadata{{"size", "450000"}});
}

}  // namespace
}  // namespace bitrade::documents
