#include "gateway/transcoding/utf8.h"

#include <rapidjson/encodings.h>
#include <rapidjson/memorystream.h>

namespace bitrade::gateway {
namespace {

// Where validated characters go: nowhere.
struct Nowhere {
  using Ch = char;
  void Put(char) {}
};

}  // namespace

bool IsUtf8(absl::string_view text) {
  rapidjson::MemoryStream stream(text.data(), text.size());
  Nowhere nowhere;
  while (stream.Tell() < text.size()) {
    if (!rapidjson::UTF8<>::Validate(stream, nowhere)) return false;
  }
  return stream.Tell() == text.size();
}

}  // namespace bitrade::gateway
