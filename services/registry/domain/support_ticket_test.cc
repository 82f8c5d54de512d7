#include "services/registry/domain/support_ticket.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/common/testing/catch.h"

namespace bitrade::registry {
namespace {

using bitrade::testing::ReasonOf;

const absl::Time kNow =
    absl::FromCivil(absl::CivilSecond(2026, 3, 2, 9, 0, 0), absl::UTCTimeZone());
const auto kId = SupportTicketId::Trusted("00000000-0000-7000-8000-000000000001");
constexpr char kError[] = "0190f5a2-7c3e-7b1d-8f00-0123456789ab";

SupportForm Form() {
  return {.what = "Sidan med handlingar är tom.\nJag ser inget.",
          .occur_time = kNow - absl::Hours(2),
          .which_browser = "Firefox 128, Windows 11",
          .error_reference = kError,
          .contact = "astrid@exempel.example"};
}

absl::StatusOr<SupportTicket> Made(const SupportForm& form) {
  return MakeSupportTicket(form, kId, "\x01\x02\x03\x04\x05\x06\x07\x08", kNow);
}

std::string FaultyField(const SupportForm& form) {
  const auto details = DetailsOf(Made(form).status());
  return details.violations.size() == 1 ? details.violations[0].field : details.reason;
}

TEST_CASE("A form becomes an open ticket with a reference", "[registry][domain]") {
  const auto ticket = Made(Form());
  REQUIRE_OK(ticket);
  CHECK(ticket->state() == SupportState::kOpen);
  CHECK(ticket->form.what == Form().what);
  CHECK(ticket->masked == 0);
  CHECK(ticket->reference == SupportReference("\x01\x02\x03\x04\x05\x06\x07\x08"));
}

TEST_CASE("Identity numbers are masked in every free text", "[registry][domain]") {
  SupportForm form = Form();
  form.what = "Klienten 811218-9876 syns inte, inte heller 19850709-9805";
  form.which_browser = "Firefox 198112189876";
  const auto ticket = Made(form);
  REQUIRE_OK(ticket);
  CHECK(ticket->masked == 3);
  CHECK(ticket->form.what == "Klienten XXXXXX-XXXX syns inte, inte heller XXXXXXXX-XXXX");
  CHECK(ticket->form.which_browser == "Firefox XXXXXXXXXXXX");
}

TEST_CASE("Each field that cannot be is named", "[registry][domain]") {
  const std::pair<const char*, void (*)(SupportForm&)> faults[] = {
      {"what", [](SupportForm& f) { f.what = ""; }},
      {"what", [](SupportForm& f) { f.what = std::string(8'001, 'x'); }},
      {"what", [](SupportForm& f) { f.what = "a\x01"; }},
      {"occur_time", [](SupportForm& f) { f.occur_time = kNow + absl::Minutes(6); }},
      {"occur_time", [](SupportForm& f) { f.occur_time = kNow - absl::Hours(24 * 367); }},
      {"occur_time", [](SupportForm& f) { f.occur_time = absl::InfinitePast(); }},
      {"which_browser", [](SupportForm& f) { f.which_browser = ""; }},
      {"which_browser", [](SupportForm& f) { f.which_browser = "a\nb"; }},
      {"error_reference", [](SupportForm& f) { f.error_reference = "E42"; }},
      {"contact", [](SupportForm& f) { f.contact = ""; }},
      {"contact", [](SupportForm& f) { f.contact = "08-123 456"; }},
      {"contact", [](SupportForm& f) { f.contact = "198112189876@exempel.example"; }}};
  for (const auto& [field, change] : faults) {
    SupportForm form = Form();
    change(form);
    CHECK(FaultyField(form) == field);
  }
}

TEST_CASE("A problem's instance, its UUID and nothing are error references", "[registry][domain]") {
  SupportForm form = Form();
  form.error_reference = absl::StrCat("urn:uuid:", kError);
  CHECK(Made(form)->form.error_reference == kError);
  form.error_reference = "";
  CHECK(Made(form)->form.error_reference.empty());
  form.contact = "+46812345678";
  CHECK(Made(form).ok());
}

TEST_CASE("A reference is twelve letters and digits that cannot be mistaken",
          "[registry][domain]") {
  CHECK(SupportReference(std::string(8, '\0')) == "0000-0000-0000");
  CHECK(SupportReference(std::string(8, '\xff')) == "ZZZZ-ZZZZ-ZZZZ");
  const std::string one = SupportReference("\x11\x22\x33\x44\x55\x66\x77\x88");
  CHECK(one != SupportReference("\x11\x22\x33\x44\x55\x66\x77\x89"));
  for (const char* mistaken : {"I", "L", "O", "U"}) CHECK_FALSE(absl::StrContains(one, mistaken));
}

TEST_CASE("A ticket is answered once", "[registry][domain]") {
  SupportTicket ticket = Made(Form()).value();
  const SupportAnswer answer{
      .text = "Prova igen, 811218-9876", .officer = "desk-7", .time = kNow + absl::Hours(1)};
  REQUIRE_OK(AnswerSupportTicket(ticket, answer));
  CHECK(ticket.state() == SupportState::kAnswered);
  CHECK(ticket.answer->text == "Prova igen, XXXXXX-XXXX");
  CHECK(ticket.version == 2);
  CHECK(ReasonOf(AnswerSupportTicket(ticket, answer)) == "SUPPORT_TICKET_ANSWERED");
}

TEST_CASE("An answer has a text and somebody who gives it", "[registry][domain]") {
  SupportTicket ticket = Made(Form()).value();
  CHECK(ReasonOf(AnswerSupportTicket(ticket, {.text = "", .officer = "x", .time = kNow})) ==
        "INVALID_REQUEST");
  CHECK(ReasonOf(AnswerSupportTicket(ticket, {.text = "x", .officer = "", .time = kNow})) ==
        "INVALID_REQUEST");
  CHECK(ticket.state() == SupportState::kOpen);
}

TEST_CASE("More than people write is refused", "[registry][domain]") {
  CHECK(CheckIntake({.from_address = 4, .from_anywhere = 59}).ok());
  CHECK(ReasonOf(CheckIntake({.from_address = 5, .from_anywhere = 5})) ==
        "TOO_MANY_SUPPORT_TICKETS");
  CHECK(DetailsOf(CheckIntake({.from_address = 5, .from_anywhere = 5})).retry_after_seconds ==
        3'600);
  CHECK(ReasonOf(CheckIntake({.from_address = 0, .from_anywhere = 60})) == "OVERLOADED");
}

TEST_CASE("Support states are stored under names of their own", "[registry][domain]") {
  for (const auto state : {SupportState::kOpen, SupportState::kAnswered}) {
    CHECK(ParseSupportState(SupportStateName(state)) == state);
  }
}

}  // namespace
}  // namespace bitrade::registry
