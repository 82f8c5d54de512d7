#include "gateway/transcoding/json_reader.h"

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gateway/transcoding/json_handler.h"

namespace bitrade::gateway {

JsonReading ReadJson(absl::string_view json, const JsonRules& rules,
                     google::protobuf::Message& message) {
  // Iterative, so that depth costs memory of ours and no stack.
  constexpr unsigned kFlags = rapidjson::kParseIterativeFlag |
                              rapidjson::kParseValidateEncodingFlag |
                              rapidjson::kParseNumbersAsStringsFlag;
  JsonHandler handler(rules, message);
  // The reader takes U+0000 for the end of its input.
  if (const size_t nul = json.find('\0'); nul != absl::string_view::npos) {
    handler.AddSyntaxFault(absl::StrCat("A zero byte at byte ", nul, "."));
    return std::move(handler).TakeReading();
  }
  rapidjson::MemoryStream stream(json.data(), json.size());
  rapidjson::Reader reader;
  const rapidjson::ParseResult result = reader.Parse<kFlags>(stream, handler);
  if (result.IsError() && result.Code() != rapidjson::kParseErrorTermination) {
    handler.AddSyntaxFault(absl::StrCat(rapidjson::GetParseError_En(result.Code()), " At byte ",
                                        result.Offset(), "."));
  }
  return std::move(handler).TakeReading();
}

std::string PointerToken(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"~", "~0"}, {"/", "~1"}});
}

}  // namespace bitrade::gateway
