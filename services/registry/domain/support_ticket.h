// What somebody says does not work, with or without a log-in (Swedish: supportärende): a form that
// asks for detail, OPEN → ANSWERED.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/common/base/id.h"
#include "services/common/error/error.h"

namespace bitrade::registry {

using SupportTicketId = Id<struct SupportTicketTag>;

enum class SupportState { kOpen, kAnswered };
// Returns OPEN or ANSWERED. Precondition of Parse: such a name.
absl::string_view SupportStateName(SupportState state);
SupportState ParseSupportState(absl::string_view name);

// What the form asks for.
struct SupportForm {
  std::string what;
  absl::Time occur_time;  // the infinite past where none is given
  std::string which_browser;
  std::string error_reference;  // a problem's `instance`, or the UUID in it; "" for none
  std::string contact;          // an e-mail address, or a telephone number in E.164
};

struct SupportAnswer {
  std::string text;
  std::string officer;  // who answers, as the support desk knows its staff
  absl::Time time;
};

struct SupportTicket {
  SupportTicketId id;
  std::string reference;  // what the sender is told: "S7K2-9QXM-4TBV"
  SupportForm form;       // without identity numbers
  int masked = 0;         // how many of them there were
  std::optional<SupportAnswer> answer;
  int64_t version = 1;
  absl::Time create_time;
  absl::Time update_time;

  SupportState state() const { return answer ? SupportState::kAnswered : SupportState::kOpen; }
};

extern const Reason kSupportTicketAnswered;
extern const Reason kTooManySupportTickets;

// Makes a ticket of a form at `now`; identity numbers in its texts are masked, the error reference
// is the UUID alone. `random` is eight random bytes.
//
// Errors: INVALID_REQUEST with all faults: texts that are empty, too long or no plain text, a time
// to come or more than a year ago, a malformed error reference, a contact that is neither an e-mail
// address nor a telephone number, or holds an identity number.
absl::StatusOr<SupportTicket> MakeSupportTicket(SupportForm form, const SupportTicketId& id,
                                                absl::string_view random, absl::Time now);

// Returns eight bytes as a reference: twelve of Crockford's letters and digits, which cannot be
// taken for each other, in fours. 60 bits: nobody guesses one.
std::string SupportReference(absl::string_view random);

// Answers an open ticket; identity numbers in the text are masked.
//
// Errors: SUPPORT_TICKET_ANSWERED; INVALID_REQUEST for a text or an officer that is empty, too long
// or no plain text.
absl::Status AnswerSupportTicket(SupportTicket& ticket, SupportAnswer answer);

// How many tickets have been taken in: from one address within the hour, from anywhere within the
// minute.
struct SupportIntake {
  int from_address = 0;
  int from_anywhere = 0;
};

// Refuses more than people write. Errors: TOO_MANY_SUPPORT_TICKETS from one address, to come again
// in an hour; OVERLOADED.
absl::Status CheckIntake(const SupportIntake& intake);

}  // namespace bitrade::registry
