#include "gateway/transcoding/json_reader.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gateway/transcoding/testing/sample.pb.h"
#include "services/common/testing/catch.h"

namespace bitrade::gateway {
namespace {

using sample::Note;

// "pointer code" of every fault, in a line each.
std::string FaultsOf(absl::string_view json, const JsonRules& rules = {}) {
  Note note;
  std::string faults;
  for (const Violation& violation : ReadJson(json, rules, note).violations) {
    absl::StrAppend(&faults, faults.empty() ? "" : "\n", violation.field, " ", violation.code);
  }
  return faults;
}

TEST_CASE("Every kind of member is read into its field", "[transcoding][json]") {
  Note note;
  const JsonReading reading = ReadJson(
      R"({"textBody":"Hej å\u00e4","colour":"RED","size":-3,"totalOre":"9007199254740993",
          "read":true,"seal":"AQI=","weight":1.5e1,"serial":18446744073709551615,
          "dueTime":"2026-03-02T10:00:00.25+01:00","pinned":false,"tags":["a","b"],
          "lines":[{"text":"x","number":1},{}],"parent":{"size":7},"counts":[1,2]})",
      {}, note);
  REQUIRE(reading.violations.empty());
  CHECK(note.text_body() == "Hej åä");
  CHECK(note.colour() == Note::RED);
  CHECK(note.size() == -3);
  CHECK(note.total_ore() == 9007199254740993);
  CHECK(note.read());
  CHECK(note.seal() == "\x01\x02");
  CHECK(note.weight() == 15.0);
  CHECK(note.serial() == 18446744073709551615u);
  CHECK(note.due_time().seconds() == 1772442000);
  CHECK(note.due_time().nanos() == 250000000);
  CHECK(note.has_pinned());
  CHECK(note.tags_size() == 2);
  REQUIRE(note.lines_size() == 2);
  CHECK(note.lines(0).number() == 1);
  CHECK(note.parent().size() == 7);
  CHECK(note.counts(1) == 2);
}

TEST_CASE("All faults are told at once, each with its place", "[transcoding][json]") {
  CHECK(FaultsOf(R"({"size":"3","a/b":{"c":[1]},"lines":[{"number":1},{"number":true,"n":null}],
                     "tags":["a",1],"id":"x","colour":"GREEN"})") ==
        "/size MISTYPED\n/a~1b UNKNOWN\n/lines/1/number MISTYPED\n/lines/1/n UNKNOWN\n"
        "/tags/1 MISTYPED\n/id READ_ONLY\n/colour UNKNOWN_CODE");
}

TEST_CASE("Numbers must fit their fields", "[transcoding][json]") {
  CHECK(FaultsOf(R"({"size":2147483648})") == "/size OUT_OF_RANGE");
  CHECK(FaultsOf(R"({"size":1.0})") == "/size MISTYPED");
  CHECK(FaultsOf(R"({"size":1e2})") == "/size MISTYPED");
  CHECK(FaultsOf(R"({"totalOre":"9223372036854775808"})") == "/totalOre OUT_OF_RANGE");
  CHECK(FaultsOf(R"({"totalOre":" 1"})") == "/totalOre MISTYPED");
  CHECK(FaultsOf(R"({"totalOre":""})") == "/totalOre MISTYPED");
  CHECK(FaultsOf(R"({"serial":-1})") == "/serial OUT_OF_RANGE");
  CHECK(FaultsOf(R"({"weight":1e400})") == "/weight SYNTAX");
  CHECK(FaultsOf(R"({"weight":"1"})") == "/weight MISTYPED");
}

TEST_CASE("A time has a zone and the form of RFC 3339", "[transcoding][json]") {
  for (const char* text :
       {"2026-03-02T10:00:00", "2026-03-02", " 2026-03-02T10:00:00Z", "2026-03-02T10:00:00z",
        "2026-02-30T10:00:00Z", "2026-03-02T10:00:60Z", "2026-03-02T10:00:00.Z", "infinite-future",
        "2026-03-02T10:00:00+0100", "0000-01-01T00:00:00Z", ""}) {
    INFO(text);
    CHECK(FaultsOf(absl::StrCat(R"({"dueTime":")", text, "\"}")) == "/dueTime MALFORMED");
  }
  CHECK(FaultsOf(R"({"dueTime":1772442000})") == "/dueTime MISTYPED");
  CHECK(FaultsOf(R"({"dueTime":{"seconds":1}})") == "/dueTime MISTYPED");
}

TEST_CASE("A member that is there twice is refused", "[transcoding][json]") {
  CHECK(FaultsOf(R"({"size":1,"size":2})") == "/size DUPLICATE");
  CHECK(FaultsOf(R"({"lines":[{"text":"a","text":"b"}]})") == "/lines/0/text DUPLICATE");
}

TEST_CASE("Only the JSON name names a member", "[transcoding][json]") {
  CHECK(FaultsOf(R"({"text_body":"x"})") == "/text_body UNKNOWN");
  CHECK(FaultsOf(R"({"TextBody":"x"})") == "/TextBody UNKNOWN");
}

TEST_CASE("What is no single JSON object is refused", "[transcoding][json]") {
  for (const char* json : {"[]", "1", "null", "\"a\"", "true"}) {
    INFO(json);
    CHECK(FaultsOf(json) == " MISTYPED");
  }
}

TEST_CASE("What is no JSON is refused where it stops", "[transcoding][json]") {
  for (const char* json : {" ", "{", "{} x", "{}{}", "{\"read\":tru}", "{\"weight\":NaN}",
                           "{\"weight\":Infinity}", "{\"size\":01}", "{\"size\":+1}", "{,}",
                           "{\"read\":true,}", "{'read':true}", "/**/{}", "\xEF\xBB\xBF{}"}) {
    INFO(json);
    CHECK(absl::EndsWith(FaultsOf(json), " SYNTAX"));
  }
  CHECK(absl::EndsWith(FaultsOf(absl::string_view("{}\0{}", 5)), " SYNTAX"));
  CHECK(absl::EndsWith(FaultsOf("{\"textBody\":\"\xC0\xAF\"}"), " SYNTAX"));
  CHECK(absl::EndsWith(FaultsOf("{\"textBody\":\"\xED\xA0\x80\"}"), " SYNTAX"));
  CHECK(absl::EndsWith(FaultsOf("{\"textBody\":\"\\uD800\"}"), " SYNTAX"));
  CHECK(FaultsOf("{\"textBody\":\"\\u0000\"}") == "/textBody MALFORMED");
}

TEST_CASE("Thirty-two levels are read, one more is refused", "[transcoding][json]") {
  const auto nested = [](int levels) {
    std::string json = "{}";
    for (int i = 1; i < levels; ++i) json = absl::StrCat("{\"parent\":", json, "}");
    return json;
  };
  CHECK(FaultsOf(nested(32)) == "");
  CHECK(FaultsOf(nested(33)).find("TOO_DEEP") != std::string::npos);
  CHECK(FaultsOf(std::string(100000, '[')).find("TOO_DEEP") != std::string::npos);
  CHECK(FaultsOf("{\"x\":" + std::string(100000, '[')).find("TOO_DEEP") != std::string::npos);
}

TEST_CASE("Faults are counted up to a limit", "[transcoding][json]") {
  std::string json = "{\"tags\":[";
  for (int i = 0; i < 1000; ++i) absl::StrAppend(&json, i == 0 ? "" : ",", "1");
  Note note;
  CHECK(ReadJson(json + "]}", {}, note).violations.size() == 50);
}

TEST_CASE("Null is refused unless it clears", "[transcoding][json]") {
  CHECK(FaultsOf(R"({"size":null,"tags":[null]})") == "/size MISTYPED\n/tags/0 MISTYPED");
  JsonRules rules;
  rules.null_meaning = NullMeaning::kCleared;
  CHECK(FaultsOf(R"({"size":null,"parent":null})", rules) == "");
  CHECK(FaultsOf(R"({"tags":[null]})", rules) == "/tags/0 MISTYPED");
}

TEST_CASE("The members that were present are told by their paths", "[transcoding][json]") {
  Note note;
  JsonRules rules;
  rules.null_meaning = NullMeaning::kCleared;
  const JsonReading reading = ReadJson(
      R"({"parent":{"size":1,"textBody":null},"lines":[{"text":"a"}],"pinned":true})", rules, note);
  CHECK(reading.members ==
        std::vector<std::string>{"parent.size", "parent.text_body", "lines", "pinned"});
}

TEST_CASE("A closed field is unknown at the top alone", "[transcoding][json]") {
  JsonRules rules;
  rules.closed = {Note::descriptor()->FindFieldByName("size")};
  CHECK(FaultsOf(R"({"size":1,"parent":{"size":1}})", rules) == "/size UNKNOWN");
}

}  // namespace
}  // namespace bitrade::gateway
