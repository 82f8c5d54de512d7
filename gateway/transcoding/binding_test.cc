#include "gateway/transcoding/binding.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gateway/transcoding/testing/sample_api.h"
#include "services/common/testing/catch.h"

namespace bitrade::gateway {
namespace {

using bitrade::testing::CodeOf;
using bitrade::testing::ReasonOf;
using sample::Note;
using testing::SampleApi;

constexpr char kId[] = "0190f5a2-7c3e-7b1d-8f00-0123456789ab";

std::string FaultsOf(const absl::Status& status) {
  std::string faults;
  for (const Violation& violation : DetailsOf(status).violations) {
    absl::StrAppend(&faults, faults.empty() ? "" : "\n", violation.field, " ", violation.code);
  }
  return faults;
}

std::vector<Capture> CapturesOf(const Route& route, const std::string& value) {
  return {{route.captures.at(0), value}};
}

absl::StatusOr<sample::ListNotesRequest> List(absl::string_view query) {
  const SampleApi api;
  sample::ListNotesRequest request;
  RequestParts parts;
  parts.query = query;
  const absl::Status status = BindRequest(api.RouteOf("ListNotes"), {}, parts, request);
  if (!status.ok()) return status;
  return request;
}

absl::StatusOr<sample::UpdateNoteRequest> Update(const RequestParts& parts,
                                                 const std::string& id = kId) {
  const SampleApi api;
  const Route& route = api.RouteOf("UpdateNote");
  sample::UpdateNoteRequest request;
  const absl::Status status = BindRequest(route, CapturesOf(route, id), parts, request);
  if (!status.ok()) return status;
  return request;
}

RequestParts Patch(absl::string_view body) {
  return {.content_type = "application/merge-patch+json", .if_match = "\"v1\"", .body = body};
}

TEST_CASE("A page has one to a hundred entries, and pages begin with one",
          "[transcoding][binding]") {
  for (const char* query : {"limit=1", "limit=100", "page=1", "limit=100&page=10"}) {
    CHECK(List(query).ok());
  }
  for (const char* query : {"limit=0", "limit=101", "limit=-1"}) {
    const absl::Status status = List(query).status();
    CHECK(ReasonOf(status) == "MALFORMED_REQUEST");
    CHECK(FaultsOf(status) == "?limit OUT_OF_RANGE");
  }
  for (const char* query : {"page=0", "page=-1"}) {
    CHECK(FaultsOf(List(query).status()) == "?page OUT_OF_RANGE");
  }
}

TEST_CASE("Query parameters fill the fields of their names", "[transcoding][binding]") {
  const auto request = List(
      "limit=5&colour=BLUE&sinceTime=2026-03-02T10:00:00%2B01:00&tags=a+b&tags=c%26&unreadOnly="
      "true&");
  REQUIRE_OK(request);
  CHECK(request->limit() == 5);
  CHECK(request->colour() == Note::BLUE);
  CHECK(request->since_time().seconds() == 1772442000);
  CHECK(request->tags(0) == "a b");
  CHECK(request->tags(1) == "c&");
  CHECK(request->unread_only());
}

TEST_CASE("Parameters that do not fit are named", "[transcoding][binding]") {
  const auto refused =
      List("limit=x&page=1&page=2&nosuch=1&colour=blue&sinceTime=2026-03-02T10:00:00&unreadOnly=1");
  CHECK(ReasonOf(refused) == "MALFORMED_REQUEST");
  CHECK(FaultsOf(refused.status()) ==
        "?limit MISTYPED\n?page DUPLICATE\n?nosuch UNKNOWN\n?colour UNKNOWN_CODE\n"
        "?sinceTime MALFORMED\n?unreadOnly MISTYPED");
}

TEST_CASE("Who sends a browser back may say more than we know, and nothing twice",
          "[transcoding][binding]") {
  const SampleApi api;
  Route route = api.RouteOf("ListNotes");
  route.success_status = 303;
  sample::ListNotesRequest request;
  RequestParts parts;
  parts.query = "nosuch=1&cursor=c&nosuch=2";
  REQUIRE_OK(BindRequest(route, {}, parts, request));
  CHECK(request.cursor() == "c");
  parts.query = "cursor=c&cursor=d";
  CHECK(FaultsOf(BindRequest(route, {}, parts, request)) == "?cursor DUPLICATE");
}

TEST_CASE("A query that is no text is refused", "[transcoding][binding]") {
  CHECK(FaultsOf(List("cursor=%ff").status()) == "? SYNTAX");
  CHECK(FaultsOf(List("cursor=%f").status()) == "? SYNTAX");
}

TEST_CASE("A body where none belongs is refused", "[transcoding][binding]") {
  const SampleApi api;
  sample::ListNotesRequest request;
  const RequestParts parts{.content_type = "application/json", .body = "{}"};
  CHECK(ReasonOf(BindRequest(api.RouteOf("ListNotes"), {}, parts, request)) == "MALFORMED_REQUEST");
}

TEST_CASE("A malformed id in the path is not found, whatever else is wrong",
          "[transcoding][binding]") {
  for (const char* id : {"1", "0190F5A2-7C3E-7B1D-8F00-0123456789AB", "0190f5a27c3e7b1d8f000123"}) {
    INFO(id);
    CHECK(ReasonOf(Update({.query = "x=1", .body = "{"}, id)) == "NOT_FOUND");
  }
}

TEST_CASE("A body says that it is JSON", "[transcoding][binding]") {
  for (const char* type : {"", "text/plain", "application/jsonx", "multipart/form-data"}) {
    INFO(type);
    RequestParts parts = Patch("{}");
    parts.content_type = type;
    CHECK(ReasonOf(Update(parts)) == "UNSUPPORTED_MEDIA_TYPE");
  }
  for (const char* type : {"application/json", "Application/JSON; charset=utf-8"}) {
    INFO(type);
    RequestParts parts = Patch("{}");
    parts.content_type = type;
    REQUIRE_OK(Update(parts));
  }
}

TEST_CASE("A change of a version names it in If-Match", "[transcoding][binding]") {
  RequestParts parts = Patch("{}");
  const auto request = Update(parts);
  REQUIRE_OK(request);
  CHECK(request->etag() == "v1");
  CHECK(request->id() == kId);
  parts.if_match = "";
  CHECK(ReasonOf(Update(parts)) == "IF_MATCH_REQUIRED");
  parts.if_match = "v1";
  CHECK(FaultsOf(Update(parts).status()) == "If-Match MALFORMED");
}

TEST_CASE("A weak etag and a star equal no version", "[transcoding][binding]") {
  RequestParts parts = Patch("{}");
  for (const char* value : {"W/\"v1\"", "*"}) {
    parts.if_match = value;
    const auto request = Update(parts);
    REQUIRE_OK(request);
    CHECK(request->etag() != "v1");
  }
}

TEST_CASE("The members of a merge patch become the mask", "[transcoding][binding]") {
  const auto request =
      Update(Patch(R"({"note":{"size":0,"textBody":null,"tags":[],"parent":{"read":true}}})"));
  REQUIRE_OK(request);
  const auto& paths = request->update_mask().paths();
  CHECK(std::vector<std::string>(paths.begin(), paths.end()) ==
        std::vector<std::string>{"note.size", "note.text_body", "note.tags", "note.parent.read"});
}

TEST_CASE("What path and headers fill is no member of the body", "[transcoding][binding]") {
  CHECK(FaultsOf(Update(Patch(R"({"id":"x","etag":"x","updateMask":"x"})")).status()) ==
        "/id UNKNOWN\n/etag UNKNOWN\n/updateMask UNKNOWN");
}

TEST_CASE("An idempotency key is a quoted string", "[transcoding][binding]") {
  const SampleApi api;
  const Route& route = api.RouteOf("CreateNote");
  sample::CreateNoteRequest request;
  RequestParts parts{.content_type = "application/json",
                     .idempotency_key = "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"",
                     .body = R"({"note":{"textBody":"x"}})"};
  REQUIRE_OK(BindRequest(route, {}, parts, request));
  CHECK(request.idempotency_key() == "8e03978e-40d5-43dd-bc93-6894a57f9324");
  for (const char* key : {"", "bare", "\"\"", "\"a\"b\"", "\"a"}) {
    INFO(key);
    parts.idempotency_key = key;
    sample::CreateNoteRequest other;
    CHECK(ReasonOf(BindRequest(route, {}, parts, other)) == "IDEMPOTENCY_KEY_REQUIRED");
  }
}

TEST_CASE("Which browser asks is the gateway's to say, never the client's",
          "[transcoding][binding]") {
  const SampleApi api;
  const Route& route = api.RouteOf("CreateNote");
  RequestParts parts{.content_type = "application/json",
                     .idempotency_key = "\"k\"",
                     .body = "{}",
                     .browser = {"192.0.2.1", "Mozilla/5.0", "d1"}};
  sample::CreateNoteRequest request;
  REQUIRE_OK(BindRequest(route, {}, parts, request));
  CHECK(request.browser().address() == "192.0.2.1");
  CHECK(request.browser().user_agent() == "Mozilla/5.0");
  CHECK(request.browser().device_identifier() == "d1");

  parts.browser.user_agent = "\xff";
  sample::CreateNoteRequest odd;
  REQUIRE_OK(BindRequest(route, {}, parts, odd));
  CHECK(odd.browser().user_agent().empty());

  parts.body = R"({"browser":{"address":"198.51.100.1"}})";
  sample::CreateNoteRequest forged;
  CHECK(FaultsOf(BindRequest(route, {}, parts, forged)) == "/browser UNKNOWN");
  CHECK(forged.browser().address() == "192.0.2.1");
}

TEST_CASE("A body may be one field of the request, and may be missing", "[transcoding][binding]") {
  const SampleApi api;
  const Route& route = api.RouteOf("FileNote");
  RequestParts parts{.content_type = "application/json",
                     .if_match = "\"v\"",
                     .idempotency_key = "\"k\"",
                     .body = R"({"size":4})"};
  sample::FileNoteRequest request;
  REQUIRE_OK(BindRequest(route, CapturesOf(route, kId), parts, request));
  CHECK(request.note().size() == 4);
  parts.body = "";
  parts.content_type = "";
  sample::FileNoteRequest empty;
  REQUIRE_OK(BindRequest(route, CapturesOf(route, kId), parts, empty));
  CHECK_FALSE(empty.has_note());
}

absl::StatusOr<sample::ImportNoteRequest> Import(absl::string_view type, absl::string_view body) {
  const SampleApi api;
  sample::ImportNoteRequest request;
  RequestParts parts;
  parts.content_type = type;
  parts.body = body;
  const absl::Status status = BindRequest(api.RouteOf("ImportNote"), {}, parts, request);
  if (!status.ok()) return status;
  return request;
}

TEST_CASE("A form fills the text of its parameter's name, once, and nothing else",
          "[transcoding][binding]") {
  constexpr char kForm[] = "application/x-www-form-urlencoded; charset=UTF-8";
  const auto request = Import(kForm, "other=1&note_text=a%2Bb+c&noteText=x");
  REQUIRE_OK(request);
  CHECK(request->note_text() == "a+b c");
  CHECK(FaultsOf(Import(kForm, "note_text=a&note_text=b").status()) == "/note_text DUPLICATE");
  CHECK(FaultsOf(Import(kForm, "note_text=%ff").status()) == " SYNTAX");
  CHECK(ReasonOf(Import("application/json", R"({"noteText":"a"})")) == "UNSUPPORTED_MEDIA_TYPE");
}

}  // namespace
}  // namespace bitrade::gateway
