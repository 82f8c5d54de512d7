#include "services/appointments/applicants/row.h"

#include "absl/strings/str_split.h"
#include "services/common/postgres/values.h"

namespace bitrade::appointments {
namespace {

std::vector<std::string> ReadCodes(const pqxx::field& field) {
  return absl::StrSplit(absl::string_view(field.c_str(), field.size()), ' ', absl::SkipEmpty());
}

}  // namespace

Applicant ReadApplicant(const pqxx::row& row, int first) {
  return {.id = ApplicantId::Trusted(postgres::TextOrEmpty(row[first])),
          .details = {.name = postgres::TextOrEmpty(row[first + 1]),
                      .birth_date = postgres::ReadOptionalDate(row[first + 2]),
                      .citizenships = ReadCodes(row[first + 3]),
                      .languages = ReadCodes(row[first + 4]),
                      .protection = ParseProtection(row[first + 5].c_str()),
                      .contact = std::nullopt,
                      .agency_channel = postgres::TextOrEmpty(row[first + 6]),
                      .identifiers = {}}};
}

std::optional<Contact> ReadContact(const pqxx::row& row, int first) {
  Contact contact{.address = postgres::TextOrEmpty(row[first]),
                  .phone = postgres::TextOrEmpty(row[first + 1]),
                  .email = postgres::TextOrEmpty(row[first + 2])};
  if (contact.address.empty() && contact.phone.empty() && contact.email.empty()) {
    return std::nullopt;
  }
  return contact;
}

}  // namespace bitrade::appointments
