#include "gateway/transcoding/json_writer.h"

#include <rapidjson/document.h>

#include <random>
#include <string>

#include "absl/strings/match.h"
#include "gateway/transcoding/page.h"
#include "gateway/transcoding/testing/sample_api.h"
#include "services/common/testing/catch.h"

namespace bitrade::gateway {
namespace {

using sample::Note;
using testing::SampleApi;

absl::StatusOr<Written> WriteOctets(absl::string_view octets) {
  const SampleApi api;
  const sample::GetNoteRequest request;
  return JsonWriter(api.routes())
      .Write(*Note::descriptor(), octets, {request, "/bitrade/v1/notes", ""});
}

Written WriteAll(const google::protobuf::Message& answer,
                 const google::protobuf::Message& request = sample::GetNoteRequest()) {
  const SampleApi api;
  return JsonWriter(api.routes())
      .Write(*answer.GetDescriptor(), answer.SerializeAsString(),
             {request, "/bitrade/v1/notes", "limit=2&tags=a%26b"})
      .value();
}

std::string Write(const google::protobuf::Message& answer,
                  const google::protobuf::Message& request = sample::GetNoteRequest()) {
  return WriteAll(answer, request).json;
}

TEST_CASE("Defaults are written, what is absent is not", "[transcoding][json]") {
  CHECK(Write(Note()) ==
        R"({"id":"","textBody":"","colour":"COLOUR_UNSPECIFIED","size":0,"totalOre":"0",)"
        R"("read":false,"seal":"","weight":0.0,"serial":"0","tags":[],"lines":[],"etag":"",)"
        R"("dueDate":"","counts":[],)"
        R"("_links":{"self":{"href":"/bitrade/v1/notes/","rel":"self","method":"GET"}}})");
}

TEST_CASE("Every kind of field is written", "[transcoding][json]") {
  Note note;
  note.set_id("n/1");
  note.set_text_body("å\"\n");
  note.set_colour(Note::RED);
  note.set_size(-1);
  note.set_total_ore(-9223372036854775807 - 1);
  note.set_read(true);
  note.set_seal("\x01\x02");
  note.set_serial(18446744073709551615u);
  note.mutable_due_time()->set_seconds(1772442000);
  note.set_pinned(false);
  note.add_tags("a");
  note.add_lines()->set_number(3);
  note.add_counts(4);
  note.set_etag("v1");
  note.set_due_date("2026-03-02");
  CHECK(Write(note) ==
        R"({"id":"n/1","textBody":"å\"\n","colour":"RED","size":-1,)"
        R"("totalOre":"-9223372036854775808","read":true,"seal":"AQI=","weight":0.0,)"
        R"("serial":"18446744073709551615","dueTime":"2026-03-02T09:00:00Z","pinned":false,)"
        R"("tags":["a"],"lines":[{"text":"","number":3}],"etag":"v1","dueDate":"2026-03-02",)"
        R"("counts":[4],)"
        R"("_links":{"self":{"href":"/bitrade/v1/notes/n%2F1","rel":"self","method":"GET"}}})");
}

TEST_CASE("What a resource allows now becomes links", "[transcoding][json]") {
  Note note;
  note.set_id("7");
  note.add_transitions("FileNote");
  note.add_transitions("UpdateNote");
  note.add_transitions("NoSuchRpc");
  const std::string json = Write(note);
  CHECK(json.find(R"("fileNote":{"href":"/bitrade/v1/notes/7/filing","rel":"fileNote",)"
                  R"("method":"POST"},"updateNote":{"href":"/bitrade/v1/notes/7",)"
                  R"("rel":"updateNote","method":"PATCH"}}})") != std::string::npos);
  CHECK(json.find("transitions") == std::string::npos);
}

TEST_CASE("A page tells where it stands and links its neighbours", "[transcoding][json]") {
  sample::ListNotesRequest request;
  request.set_limit(2);
  sample::ListNotesResponse response;
  response.set_total(5);
  const std::string base = "/bitrade/v1/notes?tags=a%26b&limit=2&page=";
  const auto link = [&](const std::string& rel, const std::string& number) {
    return "\"" + rel + R"(":{"href":")" + base + number + R"(","rel":")" + rel +
           R"(","method":"GET"})";
  };
  CHECK(Write(response, request) ==
        R"({"notes":[],"_meta":{"totalRecords":5,"page":1,"limit":2,"count":0},)"
        R"("_links":{"self":{"href":"/bitrade/v1/notes?limit=2&tags=a%26b","rel":"self",)"
        R"("method":"GET"},)" +
            link("first", "1") + "," + link("next", "2") + "," + link("last", "3") + "}}");
}

std::string RelsOf(const Page& page) {
  std::string rels;
  for (const auto& [rel, href] : PageLinks(page, "/p", "")) rels += std::string(rel) + " ";
  return rels;
}

TEST_CASE("Pages link the neighbours that exist", "[transcoding][page]") {
  Page page{.can_page = true, .limit = 10, .total = 25};
  CHECK(RelsOf(page) == "self first next last ");
  page.page = 2;
  CHECK(RelsOf(page) == "self first prev next last ");
  page.page = 3;
  CHECK(RelsOf(page) == "self first prev last ");
  page.total = 0;
  page.page = 1;
  CHECK(RelsOf(page) == "self first last ");
}

TEST_CASE("A cursor goes on where pages by number end", "[transcoding][page]") {
  Page page{.can_page = true, .page = 100, .limit = 10, .total = 5000};
  CHECK(RelsOf(page) == "self first prev ");
  page.next_cursor = "a=b";
  CHECK(RelsOf(page) == "self first prev next ");
  CHECK(PageLinks(page, "/p", "x=1&page=100").at(3).second == "/p?x=1&limit=10&cursor=a%3Db");
  page.by_cursor = true;
  CHECK(RelsOf(page) == "self first next ");
}

TEST_CASE("An etag is quoted, and none is none", "[transcoding][json]") {
  Note note;
  CHECK(WriteAll(note).etag == "");
  note.set_etag("v1");
  CHECK(WriteAll(note).etag == "\"v1\"");
  CHECK(WriteAll(sample::ListNotesResponse()).etag == "");
}

TEST_CASE("A resource tells its address, and a page has none", "[transcoding][json]") {
  Note note;
  note.set_id("n/1");
  CHECK(WriteAll(note).self == "/bitrade/v1/notes/n%2F1");
  CHECK(WriteAll(sample::ListNotesResponse()).self == "");
}

TEST_CASE("Lists keep their order, within messages within messages", "[transcoding][json]") {
  Note note;
  for (const int number : {3, 1, 2}) note.add_counts(number);
  for (const char* tag : {"b", "a", "c"}) note.add_tags(tag);
  const Note inner = note;
  *note.mutable_parent() = inner;
  const std::string json = Write(note);
  const std::string lists = R"("tags":["b","a","c"],"lines":[],"etag":"",)";
  CHECK(absl::StrContains(json, lists + R"("parent":{"id":"")"));
  CHECK(absl::StrContains(json, R"("parent":{"id":"",)"));
  CHECK(absl::StrContains(json.substr(json.find("\"parent\"")), lists + R"("dueDate":"")"));
  CHECK(absl::StrContains(json, R"("counts":[3,1,2])"));
}

TEST_CASE("Of a value that is there twice the last counts, and one unknown is left out",
          "[transcoding][json]") {
  Note first, second;
  first.set_id("1");
  second.set_id("2");
  const std::string unknown = "\xf2\x3f\x01x";  // field 1022, one octet
  const auto written =
      WriteOctets(first.SerializeAsString() + unknown + second.SerializeAsString());
  REQUIRE(written.ok());
  CHECK(absl::StartsWith(written->json, R"({"id":"2","textBody":"")"));
  CHECK(written->json == Write(second));
}

TEST_CASE("A code of a newer service is written as its number", "[transcoding][json]") {
  Note note;
  note.set_colour(static_cast<Note::Colour>(7));
  CHECK(absl::StrContains(Write(note), R"("colour":"7")"));
}

TEST_CASE("What is no message is not answered", "[transcoding][json]") {
  CHECK_FALSE(WriteOctets("\x0a\x05"
                          "ab")
                  .ok());                             // an id of five octets that ends after two
  CHECK_FALSE(WriteOctets("\x0b").ok());              // a group
  CHECK_FALSE(WriteOctets("\x08\x01").ok());          // an id that is a number
  CHECK_FALSE(WriteOctets("\x0a\x01\xff").ok());      // an id that is no UTF-8
  CHECK_FALSE(WriteOctets("\x6a\x02\x0a\x05").ok());  // a line whose text is cut off
  CHECK(WriteOctets("").ok());
  Note note;
  note.mutable_due_time()->set_nanos(-1);
  CHECK_FALSE(WriteOctets(note.SerializeAsString()).ok());
  note.mutable_due_time()->set_nanos(0);
  note.mutable_due_time()->set_seconds(253402300800);  // in the year 10000
  CHECK_FALSE(WriteOctets(note.SerializeAsString()).ok());
}

TEST_CASE("No octets, however mixed, do harm", "[transcoding][json]") {
  Note note;
  note.set_id("0190");
  note.add_tags("a");
  note.add_lines()->set_text("b");
  note.add_counts(300);
  note.set_weight(0.5);
  note.mutable_due_time()->set_seconds(1772442000);
  const Note inner = note;
  *note.mutable_parent() = inner;
  const std::string good = note.SerializeAsString();
  std::minstd_rand random(1);
  size_t written = 0;
  for (int i = 0; i < 5000; ++i) {
    std::string octets = good.substr(0, 1 + random() % good.size());
    octets[random() % octets.size()] = static_cast<char>(random());
    if (const auto answer = WriteOctets(octets); answer.ok()) {
      ++written;
      rapidjson::Document document;
      CHECK_FALSE(document.Parse(answer->json.c_str()).HasParseError());
    }
  }
  CHECK(written > 0);
}

TEST_CASE("An escape is found wherever in a text it stands", "[transcoding][json]") {
  for (size_t at = 0; at < 20; ++at) {
    Note note;
    note.set_text_body(std::string(at, 'a') + "\n" + std::string(19 - at, 'b'));
    const std::string expected = std::string(at, 'a') + "\\n" + std::string(19 - at, 'b');
    CHECK(absl::StrContains(Write(note), "\"textBody\":\"" + expected + "\""));
  }
  Note note;
  note.set_text_body("åäöåäöåäöåäö\x7f!#[]");
  CHECK(absl::StrContains(Write(note), "\"textBody\":\"åäöåäöåäöåäö\x7f!#[]\""));
}

TEST_CASE("What JSON cannot hold as it is is escaped", "[transcoding][json]") {
  Note note;
  note.set_text_body(std::string("\"\\\b\f\n\r\t\0\x1f/\x7f", 11));
  CHECK(absl::StrContains(Write(note), R"("textBody":"\"\\\b\f\n\r\t\u0000\u001F/)"
                                       "\x7f\""));
}

}  // namespace
}  // namespace bitrade::gateway
