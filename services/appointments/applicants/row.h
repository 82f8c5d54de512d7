// An applicant as columns, wherever one is selected. Identifiers are never read back here.
#pragma once

#include <string>

#include "services/appointments/domain/applicant.h"
#include "services/common/postgres/transaction.h"

namespace bitrade::appointments {

// The columns that ReadApplicant reads, in their order, of `applicant a`. Codes come as one text:
// cheaper to take apart than an array.
#define BITRADE_APPLICANT_COLUMNS                                      \
  "a.id, a.name, a.birth_date, array_to_string(a.citizenships, ' '), " \
  "array_to_string(a.languages, ' '), a.protection_level, a.agency_channel"
inline constexpr int kApplicantColumns = 7;

// The columns that ReadContact reads.
#define BITRADE_CONTACT_COLUMNS "a.contact_address, a.contact_phone, a.contact_email"

// Reads an applicant without contact details from column `first` on.
Applicant ReadApplicant(const pqxx::row& row, int first);

// Reads contact details from column `first` on; unset when there are none.
std::optional<Contact> ReadContact(const pqxx::row& row, int first);

}  // namespace bitrade::appointments
