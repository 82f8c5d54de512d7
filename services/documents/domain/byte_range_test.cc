#include "services/documents/domain/byte_range.h"

#include "services/common/testing/catch.h"

namespace bitrade::documents {
namespace {

using bitrade::testing::ReasonOf;

TEST_CASE("A range is resolved against the content's size", "[documents][domain]") {
  struct Case {
    const char* name;
    int64_t offset, length, expected_offset, expected_length;
  };
  const auto example = GENERATE(
      Case{"all", 0, 0, 0, 200'000}, Case{"from the middle", 100, 0, 100, 199'900},
      Case{"a part", 65'530, 16, 65'530, 16}, Case{"beyond the end", 199'990, 50, 199'990, 10},
      Case{"the last bytes", -10, 0, 199'990, 10},
      Case{"more last bytes than there are", -300'000, 0, 0, 200'000},
      Case{"the least offset of all", INT64_MIN, 0, 0, 200'000});

  const auto range = ResolveRange(200'000, example.offset, example.length);

  INFO(example.name);
  REQUIRE_OK(range);
  CHECK(range->offset == example.expected_offset);
  CHECK(range->length == example.expected_length);
}

TEST_CASE("A range that starts at or beyond the end is not satisfiable", "[documents][domain]") {
  CHECK(ReasonOf(ResolveRange(10, 10, 0)) == "RANGE_NOT_SATISFIABLE");
  CHECK(ReasonOf(ResolveRange(10, 0, -1)) == "RANGE_NOT_SATISFIABLE");
}

TEST_CASE("A range knows the chunks that hold it", "[documents][domain]") {
  const ByteRange across{kChunkSize - 1, 2};
  const ByteRange one{kChunkSize, kChunkSize};

  CHECK(across.first_chunk() == 0);
  CHECK(across.end_chunk() == 2);
  CHECK(one.first_chunk() == 1);
  CHECK(one.end_chunk() == 2);
  CHECK(ChunkCount(1) == 1);
  CHECK(ChunkCount(kChunkSize) == 1);
  CHECK(ChunkCount(kChunkSize + 1) == 2);
  CHECK(ChunkLength(kChunkSize + 1, 0) == kChunkSize);
  CHECK(ChunkLength(kChunkSize + 1, 1) == 1);
  CHECK(ChunkLength(2 * kChunkSize, 1) == kChunkSize);
}

}  // namespace
}  // namespace bitrade::documents
