#include "services/appointments/applicants/row.h"

#include "absl/strings/str_split.h"
#include "services/common/postgres/values.h"

namespace bitrade::appointments {
namespace {

std::vector<std::string> ReadCodes(absl::string_view text) {
  std::vector<std::string> codes;
  for (const absl::string_view code : absl::StrSplit(text, ' ', absl::SkipEmpty())) {
    codes.emplace_back(code);
  }
  return codes;
}

}  // namespace

Applicant ReadApplicant(postgres::Fields& fields) {
  return {.id = ApplicantId::Trusted(fields.Text()),
          .details = {.name = fields.Text(),
                      .birth_date = postgres::ReadOptionalDate(fields.Next()),
                      .citizenships = ReadCodes(fields.View()),
                      .languages = ReadCodes(fields.View()),
                      .protection = ParseProtection(fields.View()),
                      .contact = std::nullopt,
                      .agency_channel = fields.Text(),
                      .identifiers = {}}};
}

std::optional<Contact> ReadContact(postgres::Fields& fields) {
  Contact contact{.address = fields.Text(), .phone = fields.Text(), .email = fields.Text()};
  if (contact.address.empty() && contact.phone.empty() && contact.email.empty()) {
    return std::nullopt;
  }
  return contact;
}

}  // namespace bitrade::appointments
