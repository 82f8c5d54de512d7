#include "services/registry/domain/support_ticket.h"

#include <cstdlib>
#include <utility>

#include "absl/strings/strip.h"
#include "services/common/base/formats.h"
#include "services/common/base/status_macros.h"
#include "services/registry/domain/masking.h"

namespace bitrade::registry {
namespace {

constexpr size_t kMostText = 8'000;  // bytes
constexpr size_t kMostLine = 200;    // characters
constexpr absl::Duration kClocksDiffer = absl::Minutes(5);
constexpr absl::Duration kMostAge = absl::Hours(24 * 366);
constexpr int kMostPerHour = 5;
constexpr int kMostPerMinute = 60;
constexpr int kHour = 3'600;  // seconds
constexpr char kCrockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr int kReferenceCharacters = 12;

void CheckText(absl::string_view text, absl::string_view field, Violations& violations) {
  if (text.empty()) return violations.Add(field, "REQUIRED", "plain text");
  if (text.size() > kMostText) return violations.Add(field, "TOO_LONG", "at most 8 000 bytes");
  if (!IsPlainText(text)) violations.Add(field, "MALFORMED", "UTF-8 without control characters");
}

void CheckLine(absl::string_view line, absl::string_view field, Violations& violations) {
  if (line.empty()) return violations.Add(field, "REQUIRED", "1 to 200 characters in one line");
  if (!IsLine(line, kMostLine)) {
    violations.Add(field, "MALFORMED", "1 to 200 characters in one line");
  }
}

void CheckContact(const std::string& contact, Violations& violations) {
  if (IsE164(contact)) return;
  if (!IsEmail(contact)) {
    violations.Add("contact", contact.empty() ? "REQUIRED" : "MALFORMED",
                   "an e-mail address, or a telephone number like +46812345678");
  } else if (MaskIdentityNumbers(contact).numbers > 0) {
    violations.Add("contact", "IDENTITY_NUMBER", "an e-mail address without an identity number");
  }
}

void CheckTime(absl::Time time, absl::Time now, Violations& violations) {
  if (time == absl::InfinitePast()) return violations.Add("occur_time", "REQUIRED", "an instant");
  if (time > now + kClocksDiffer) {
    violations.Add("occur_time", "OUT_OF_RANGE", "not in the future");
  }
  if (time < now - kMostAge) violations.Add("occur_time", "OUT_OF_RANGE", "within the last year");
}

// The UUID of "urn:uuid:<uuid>" or of itself, as problems have it.
void ReadErrorReference(std::string& reference, Violations& violations) {
  reference = std::string(absl::StripPrefix(reference, "urn:uuid:"));
  if (reference.empty() || IsUuid(reference)) return;
  violations.Add("error_reference", "MALFORMED", "the `instance` of a problem, or its UUID");
}

// Masks a text; returns how many numbers it had.
int Mask(std::string& text) {
  Masked masked = MaskIdentityNumbers(text);
  text = std::move(masked.text);
  return masked.numbers;
}

}  // namespace

const Reason kSupportTicketAnswered{"SUPPORT_TICKET_ANSWERED",
                                    absl::StatusCode::kFailedPrecondition,
                                    {"Answered", "The support ticket has been answered already."},
                                    {"Besvarat", "Supportärendet är redan besvarat."}};

const Reason kTooManySupportTickets{
    "TOO_MANY_SUPPORT_TICKETS",
    absl::StatusCode::kResourceExhausted,
    {"Too many messages", "Several messages have come from you. Try again in an hour."},
    {"För många meddelanden",
     "Det har kommit flera meddelanden från dig. Försök igen om en timme."}};

absl::string_view SupportStateName(SupportState state) {
  return state == SupportState::kOpen ? "OPEN" : "ANSWERED";
}

SupportState ParseSupportState(absl::string_view name) {
  if (name == "OPEN") return SupportState::kOpen;
  if (name == "ANSWERED") return SupportState::kAnswered;
  std::abort();
}

absl::StatusOr<SupportTicket> MakeSupportTicket(SupportForm form, const SupportTicketId& id,
                                                absl::string_view random, absl::Time now) {
  Violations violations;
  CheckText(form.what, "what", violations);
  CheckTime(form.occur_time, now, violations);
  CheckLine(form.which_browser, "which_browser", violations);
  ReadErrorReference(form.error_reference, violations);
  CheckContact(form.contact, violations);
  RETURN_IF_ERROR(violations.ToStatus());
  const int masked = Mask(form.what) + Mask(form.which_browser);
  return SupportTicket{.id = id,
                       .reference = SupportReference(random),
                       .form = std::move(form),
                       .masked = masked,
                       .answer = std::nullopt,
                       .create_time = now,
                       .update_time = now};
}

std::string SupportReference(absl::string_view random) {
  uint64_t bits = 0;
  for (const char byte : random.substr(0, 8)) bits = bits << 8 | static_cast<unsigned char>(byte);
  std::string reference;
  for (int i = 0; i < kReferenceCharacters; ++i) {
    if (i > 0 && i % 4 == 0) reference += '-';
    reference += kCrockford[bits & 31];
    bits >>= 5;
  }
  return reference;
}

absl::Status AnswerSupportTicket(SupportTicket& ticket, SupportAnswer answer) {
  if (ticket.state() != SupportState::kOpen) return Refuse(kSupportTicketAnswered);
  Violations violations;
  CheckText(answer.text, "text", violations);
  CheckLine(answer.officer, "officer", violations);
  RETURN_IF_ERROR(violations.ToStatus());
  Mask(answer.text);
  ticket.update_time = answer.time;
  ticket.answer = std::move(answer);
  ++ticket.version;
  return absl::OkStatus();
}

absl::Status CheckIntake(const SupportIntake& intake) {
  if (intake.from_anywhere >= kMostPerMinute) return Refuse(kOverloaded);
  if (intake.from_address < kMostPerHour) return absl::OkStatus();
  const absl::Status refused = Refuse(kTooManySupportTickets);
  ErrorDetails details = DetailsOf(refused);
  details.retry_after_seconds = kHour;
  return WithDetails(refused, details);
}

}  // namespace bitrade::registry
