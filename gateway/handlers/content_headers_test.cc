#include "gateway/handlers/content_headers.h"

#include <cstdint>

#include "gateway/handlers/byte_range.h"
#include "services/common/testing/catch.h"

namespace bitrade::gateway {
namespace {

TEST_CASE("A name is saved whole by new clients and in ASCII by old ones") {
  CHECK(ContentDisposition("Beslut å 1.pdf") ==
        "attachment; filename=\"Beslut _ 1.pdf\"; filename*=UTF-8''Beslut%20%C3%A5%201.pdf");
}

TEST_CASE("No name leaves its quotation marks, its line or its folder") {
  CHECK(ContentDisposition("a\"\r\n;/..\\b%41.pdf") ==
        "attachment; filename=\"a___;_.._b_41.pdf\"; filename*=UTF-8''a%22__%3B_.._b%2541.pdf");
  CHECK(ContentDisposition(std::string("a\0b", 3)) ==
        "attachment; filename=\"a_b\"; filename*=UTF-8''a_b");
}

TEST_CASE("The digest of the whole is told in base64") {
  CHECK(ReprDigest("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad") ==
        "sha-256=:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=:");
}

TEST_CASE("One range of bytes is read") {
  const auto of = [](const char* text) {
    const auto range = ParseRange(text);
    REQUIRE(range);
    return std::pair(range->offset, range->length);
  };
  CHECK(of("bytes=0-0") == std::pair<int64_t, int64_t>(0, 1));
  CHECK(of("bytes=10-19") == std::pair<int64_t, int64_t>(10, 10));
  CHECK(of("Bytes= 10-") == std::pair<int64_t, int64_t>(10, 0));
  CHECK(of("bytes=-5") == std::pair<int64_t, int64_t>(-5, 0));
  CHECK(of("bytes=-0") == std::pair<int64_t, int64_t>(INT64_MAX, 0));
  CHECK(of("bytes=99999999999999999999-") == std::pair<int64_t, int64_t>(INT64_MAX, 0));
  CHECK(of("bytes=0-99999999999999999999") == std::pair<int64_t, int64_t>(0, 0));
}

TEST_CASE("What is no single range of bytes is ignored") {
  for (const char* text :
       {"", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-4", "bytes=1-2,4-5", "items=0-1",
        "bytes=1", "bytes=+1-2", "bytes=1--2", "bytes=0x1-2"}) {
    INFO(text);
    CHECK_FALSE(ParseRange(text));
  }
}

}  // namespace
}  // namespace bitrade::gateway
