#include "services/documents/content/sealing.h"

#include "services/common/testing/catch.h"
#include "services/documents/domain/byte_range.h"

namespace bitrade::documents {
namespace {

using bitrade::testing::ReasonOf;

const DocumentId kId = DocumentId::Trusted("00000000-0000-7000-8000-000000000001");
const std::string kKey(32, 'd');

std::vector<std::string> SealAll(ContentSealer& sealer, const std::string& content, size_t piece) {
  std::vector<std::string> all;
  for (size_t at = 0; at < content.size(); at += piece) {
    SealedChunks chunks = sealer.Add(absl::string_view(content).substr(at, piece));
    CHECK(chunks.first == static_cast<int64_t>(all.size()));
    all.insert(all.end(), chunks.sealed.begin(), chunks.sealed.end());
  }
  return all;
}

TEST_CASE("Pieces of any size become the same chunks", "[documents][content]") {
  const size_t size = GENERATE(1, 65'535, 65'536, 65'537, 200'000);
  const size_t piece = GENERATE(1'000, 65'536, 70'000, 262'144);
  std::string content(size, '\0');
  for (size_t i = 0; i < size; ++i) content[i] = static_cast<char>(i * 31);
  const auto described = static_cast<int64_t>(size);
  ContentSealer sealer(kId, described, kKey);

  const std::vector<std::string> sealed = SealAll(sealer, content, piece);

  REQUIRE(static_cast<int64_t>(sealed.size()) == ChunkCount(described));
  std::string opened;
  for (size_t i = 0; i < sealed.size(); ++i) {
    const auto chunk = OpenContent({kId, described, static_cast<int64_t>(i)}, kKey, sealed[i]);
    REQUIRE_OK(chunk);
    opened += *chunk;
  }
  CHECK(opened == content);
  CHECK(sealer.sha256() == crypto::Sha256Hex(content));
}

TEST_CASE("A digest is told with the last byte and not before", "[documents][content]") {
  ContentSealer sealer(kId, 3, kKey);

  sealer.Add("ab");

  CHECK(sealer.sha256().empty());
  CHECK(sealer.beginning() == "ab");
  sealer.Add("c");
  CHECK(sealer.sha256() == crypto::Sha256Hex("abc"));
}

TEST_CASE("A chunk opens in its own place alone", "[documents][content]") {
  const std::string content(static_cast<size_t>(3 * kChunkSize), 'x');
  ContentSealer sealer(kId, 3 * kChunkSize, kKey);
  const std::vector<std::string> sealed = sealer.Add(content).sealed;
  const DocumentId other = DocumentId::Trusted("00000000-0000-7000-8000-000000000002");
  const int64_t size = 3 * kChunkSize;

  REQUIRE_OK(OpenContent({kId, size, 1}, kKey, sealed[1]));
  CHECK(ReasonOf(OpenContent({kId, size, 0}, kKey, sealed[1])) == "SEAL_BROKEN");
  CHECK(ReasonOf(OpenContent({other, size, 1}, kKey, sealed[1])) == "SEAL_BROKEN");
  CHECK(ReasonOf(OpenContent({kId, size, 1}, std::string(32, 'e'), sealed[1])) == "SEAL_BROKEN");
  CHECK(ReasonOf(OpenContent({kId, size, 1}, kKey, "")) == "SEAL_BROKEN");
}

TEST_CASE("A content that is said to end earlier or in the middle of a chunk does not open",
          "[documents][content]") {
  const std::string content(static_cast<size_t>(3 * kChunkSize), 'x');
  ContentSealer sealer(kId, 3 * kChunkSize, kKey);
  const std::vector<std::string> sealed = sealer.Add(content).sealed;

  CHECK(ReasonOf(OpenContent({kId, 2 * kChunkSize, 1}, kKey, sealed[1])) == "SEAL_BROKEN");
  CHECK(ReasonOf(OpenContent({kId, 3 * kChunkSize - 1, 2}, kKey, sealed[2])) == "SEAL_BROKEN");
}

}  // namespace
}  // namespace bitrade::documents
