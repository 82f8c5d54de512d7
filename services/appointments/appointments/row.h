// An appointment with its applicants as rows: one row for each applicant, those of an appointment
// beside each other.
#pragma once

#include <vector>

#include "services/appointments/applicants/row.h"
#include "services/appointments/domain/appointment.h"
#include "services/common/postgres/fields.h"

namespace bitrade::appointments {

// The columns that AppendRow reads, in their order, of `appointment p` and `matter m`; an
// applicant's follow. The state is read off the day of release.
#define BITRADE_APPOINTMENT_COLUMNS                                                        \
  "p.id, p.matter_id, p.counsel_id, m.matter_number, m.category, m.authority, p.digital, " \
  "p.appointed_date, "                                                                     \
  "p.visible_until, p.filings_visible_until, p.released_date, p.version, p.create_time, "  \
  "p.update_time, " BITRADE_APPLICANT_COLUMNS

// What they are selected from, joined to `appointment p`.
#define BITRADE_APPOINTMENT_JOINS                            \
  " JOIN matter m ON m.id = p.matter_id "                    \
  "JOIN appointment_applicant c ON c.appointment_id = p.id " \
  "JOIN applicant a ON a.id = c.applicant_id "

// Adds what `row` tells to `appointments`: an applicant to the last of them, or an appointment with
// its first applicant. What the row holds besides comes next in `fields`.
Appointment& AppendRow(postgres::Fields& fields, std::vector<Appointment>& appointments);

// An end that is 'infinity' while it is not known.
std::optional<absl::Time> ReadEnd(const pqxx::field& field);

}  // namespace bitrade::appointments
