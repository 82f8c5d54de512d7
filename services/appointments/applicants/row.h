// An applicant as columns, wherever one is selected. Identifiers are never read back here.
#pragma once

#include <optional>

#include "services/appointments/domain/applicant.h"
#include "services/common/postgres/fields.h"

namespace bitrade::appointments {

// The columns that ReadApplicant reads, in their order, of `applicant a`. Codes come as one text:
// cheaper to take apart than an array.
#define BITRADE_APPLICANT_COLUMNS                                      \
  "a.id, a.name, a.birth_date, array_to_string(a.citizenships, ' '), " \
  "array_to_string(a.languages, ' '), a.protection_level, a.agency_channel"

// The columns that ReadContact reads.
#define BITRADE_CONTACT_COLUMNS "a.contact_address, a.contact_phone, a.contact_email"

// Reads an applicant without contact details.
Applicant ReadApplicant(postgres::Fields& fields);

// Reads contact details; unset when there are none.
std::optional<Contact> ReadContact(postgres::Fields& fields);

}  // namespace bitrade::appointments
