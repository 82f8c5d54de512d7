#include "gateway/transcoding/problem.h"

#include <set>
#include <string>

#include "gateway/transcoding/reasons.h"
#include "gateway/transcoding/testing/sample_api.h"
#include "services/common/testing/catch.h"

namespace bitrade::gateway {
namespace {

using testing::SampleApi;

const Reason kGone{"NOTE_GONE",
                   absl::StatusCode::kFailedPrecondition,
                   {"Gone", "Note {number} is gone."},
                   {"Borta", "Anteckning {number} är borta."}};

// As documents says it.
const Reason kNoSuchRange{"RANGE_NOT_SATISFIABLE",
                          absl::StatusCode::kOutOfRange,
                          {"Range not satisfiable", "There are {size} bytes."},
                          {"Intervallet finns inte", "Det finns {size} byte."}};

Problem Write(const absl::Status& status, Language language = Language::kEnglish) {
  return ProblemWriter("https://bitrade.example")
      .Write(status, {language, "0190f5a2-7c3e-7b1d-8f00-0123456789ab", nullptr});
}

TEST_CASE("A refusal is a problem document in the language asked for", "[transcoding][problem]") {
  const absl::Status status = Refuse(kGone, {{"number", "7"}});
  CHECK(Write(status).body ==
        R"({"type":"https://bitrade.example/problems/note-gone","title":"Gone","status":409,)"
        R"("detail":"Note 7 is gone.","instance":"urn:uuid:0190f5a2-7c3e-7b1d-8f00-0123456789ab",)"
        R"("reason":"NOTE_GONE"})");
  CHECK(Write(status, Language::kSwedish).body.find("Anteckning 7 är borta.") != std::string::npos);
}

TEST_CASE("Every fault has its pointer", "[transcoding][problem]") {
  Violations violations;
  violations.Add("time_loss[0].start_time", "REQUIRED", "Say when.");
  violations.Add("", "MISTYPED", "No object.");
  const Problem problem = Write(violations.ToStatus());
  CHECK(problem.status == 422);
  CHECK(problem.body.find(R"("errors":[{"pointer":"/timeLoss/0/startTime","code":"REQUIRED",)"
                          R"("detail":"Say when."},{"pointer":"","code":"MISTYPED",)") !=
        std::string::npos);
}

TEST_CASE("A fault is placed where the route has the field from", "[transcoding][problem]") {
  const SampleApi api;
  CHECK(PointerOf("page", &api.RouteOf("ListNotes")) == "?page");
  CHECK(PointerOf("note.text_body", &api.RouteOf("FileNote")) == "/textBody");
  CHECK(PointerOf("note.text_body", &api.RouteOf("CreateNote")) == "/note/textBody");
  CHECK(PointerOf("?since_time", nullptr) == "?since_time");
  CHECK(PointerOf("/a/b_c", nullptr) == "/a/b_c");
  CHECK(PointerOf("If-Match", nullptr) == "If-Match");
}

TEST_CASE("Each code has its HTTP status", "[transcoding][problem]") {
  using absl::StatusCode;
  const std::pair<StatusCode, int> cases[] = {
      {StatusCode::kCancelled, 499},          {StatusCode::kUnknown, 500},
      {StatusCode::kInvalidArgument, 422},    {StatusCode::kDeadlineExceeded, 504},
      {StatusCode::kNotFound, 404},           {StatusCode::kAlreadyExists, 409},
      {StatusCode::kPermissionDenied, 403},   {StatusCode::kResourceExhausted, 503},
      {StatusCode::kFailedPrecondition, 409}, {StatusCode::kAborted, 409},
      {StatusCode::kOutOfRange, 400},         {StatusCode::kUnimplemented, 501},
      {StatusCode::kInternal, 500},           {StatusCode::kUnavailable, 503},
      {StatusCode::kDataLoss, 500},           {StatusCode::kUnauthenticated, 401}};
  for (const auto& [code, expected] : cases) {
    INFO(absl::StatusCodeToString(code));
    CHECK(Write(absl::Status(code, "SELECT secret")).status == expected);
  }
}

TEST_CASE("Some reasons have an HTTP status of their own", "[transcoding][problem]") {
  CHECK(HttpStatusOf(Refuse(kMalformedRequest)) == 400);
  CHECK(HttpStatusOf(Refuse(kIdempotencyKeyRequired)) == 400);
  CHECK(HttpStatusOf(Refuse(kIdempotencyKeyReused)) == 422);
  CHECK(HttpStatusOf(Refuse(kMethodNotAllowed)) == 405);
  CHECK(HttpStatusOf(Refuse(kNotAcceptable)) == 406);
  CHECK(HttpStatusOf(Refuse(kEtagMismatch)) == 412);
  CHECK(HttpStatusOf(Refuse(kUnsupportedMediaType)) == 415);
  CHECK(HttpStatusOf(Refuse(kNoSuchRange)) == 416);
  CHECK(HttpStatusOf(Refuse(kContentTooLarge)) == 413);
  CHECK(HttpStatusOf(Refuse(kVersionNotSupported)) == 505);
  CHECK(HttpStatusOf(Refuse(kIfMatchRequired)) == 428);
  CHECK(HttpStatusOf(Refuse(kRateLimited)) == 429);
}

TEST_CASE("What a status says to developers is never told", "[transcoding][problem]") {
  const Problem problem = Write(absl::InternalError("SELECT secret FROM person"));
  CHECK(problem.body.find("SELECT") == std::string::npos);
  CHECK(problem.body.find("INTERNAL_ERROR") != std::string::npos);
}

TEST_CASE("Who is turned away for load is told when to come back", "[transcoding][problem]") {
  CHECK(Write(absl::UnavailableError("")).retry_after_seconds == 1);
  CHECK(Write(Refuse(kRateLimited)).retry_after_seconds == 1);
  CHECK(Write(Refuse(kNotFound)).retry_after_seconds == std::nullopt);
}

TEST_CASE("The reasons of the gateway have names of their own", "[transcoding][problem]") {
  std::set<std::string> names;
  for (const auto* reasons : {&CommonReasons(), &GatewayReasons()}) {
    for (const Reason* reason : *reasons) {
      INFO(reason->name);
      CHECK(names.insert(reason->name).second);
    }
  }
}

TEST_CASE("Accept-Language chooses between Swedish and English", "[transcoding][problem]") {
  for (const char* text : {"", "sv", "*", "de", "sv-FI, en;q=0.9", "en;q=0.1, *;q=0.5", "en;q=0",
                           "en;q=x", "enx", "sv,en"}) {
    INFO(text);
    CHECK(ChooseLanguage(text) == Language::kSwedish);
  }
  for (const char* text : {"en", "EN-gb", "de, en;q=0.2", "sv;q=0.5, en;q=0.6", "en,sv"}) {
    INFO(text);
    CHECK(ChooseLanguage(text) == Language::kEnglish);
  }
}

}  // namespace
}  // namespace bitrade::gateway
