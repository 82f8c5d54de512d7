#include "services/identity/bankid/errors.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "services/identity/bankid/messages.h"

namespace bitrade::identity {
namespace {

constexpr char kInvalid[] = "invalidParameters";

}  // namespace

const Reason kBankIdAlreadyInProgress{
    "BANKID_ALREADY_IN_PROGRESS",
    absl::StatusCode::kFailedPrecondition,
    {"Already in progress", "An identification or signature for this person is in progress."},
    {"Redan påbörjad", "En identifiering eller underskrift för den här personen är påbörjad."}};

const Reason kBankIdOrderGone{
    "BANKID_ORDER_GONE",
    absl::StatusCode::kNotFound,
    {"Order ended", "BankID no longer knows this identification. Log in again."},
    {"Identifieringen avslutad", "BankID känner inte längre till identifieringen. Logga in igen."}};

const Reason kBankIdUnavailable{
    "BANKID_UNAVAILABLE",
    absl::StatusCode::kUnavailable,
    {"BankID does not answer", "BankID does not answer right now. Try again in a while."},
    {"BankID svarar inte", "BankID svarar inte just nu. Försök igen om en stund."}};

const Reason kBankIdRefused{"BANKID_REFUSED",
                            absl::StatusCode::kFailedPrecondition,
                            {"Refused by BankID", "Unknown error. Try once more."},
                            {"Nekat av BankID", "Okänt fel. Gör ett nytt försök."}};

const Reason kBankIdFault{
    "BANKID_FAULT",
    absl::StatusCode::kInternal,
    {"Fault with BankID", "The connection between the service and BankID is faulty."},
    {"Fel mot BankID", "Förbindelsen mellan tjänsten och BankID är felaktig."}};

absl::Status RefusalOf(BankIdCall call, const HttpReply& reply) {
  const std::string given = ParseErrorCode(reply.body);
  const std::string code = given.empty() ? absl::StrCat(reply.status) : given;
  const Metadata metadata = {{"error_code", code}};
  if (reply.status == 408 || reply.status == 429 || reply.status >= 500) {
    return Refuse(kBankIdUnavailable, metadata);
  }
  if (given == "alreadyInProgress") return Refuse(kBankIdAlreadyInProgress, metadata);
  if (given == kInvalid && call != BankIdCall::kAuth) {
    return Refuse(kBankIdOrderGone, metadata);
  }
  const bool new_word = reply.status == 400 && !given.empty() && given != kInvalid;
  if (new_word && call == BankIdCall::kAuth) return Refuse(kBankIdRefused, metadata);
  return Refuse(kBankIdFault, metadata);
}

absl::Status RefusalOf(const absl::Status& transport) {
  const bool unavailable = transport.code() == absl::StatusCode::kUnavailable;
  return Refuse(unavailable ? kBankIdUnavailable : kBankIdFault,
                {{"error_code", std::string(transport.message())}});
}

}  // namespace bitrade::identity
