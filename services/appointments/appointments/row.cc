#include "services/appointments/appointments/row.h"

#include "services/common/postgres/values.h"

namespace bitrade::appointments {
namespace {

Appointment ReadHead(const pqxx::row& row) {
  return {.id = AppointmentId::Trusted(postgres::TextOrEmpty(row[0])),
          .matter = MatterId::Trusted(postgres::TextOrEmpty(row[1])),
          .counsel = CounselId::Trusted(postgres::TextOrEmpty(row[2])),
          .matter_number = postgres::TextOrEmpty(row[12]),
          .category = postgres::TextOrEmpty(row[13]),
          .digital = *row[3].c_str() == 't',
          .appointed_date = postgres::ReadDate(row[4]),
          .visible_until = ReadEnd(row[7]),
          .filings_visible_until = ReadEnd(row[8]),
          .released_date = postgres::ReadOptionalDate(row[6]),
          .state = ParseState(row[5].c_str()),
          .version = row[9].as<int64_t>(),
          .create_time = postgres::ReadTime(row[10]),
          .update_time = postgres::ReadTime(row[11]),
          .applicants = {}};
}

}  // namespace

Applicant& AppendRow(const pqxx::row& row, std::vector<Appointment>& appointments) {
  if (appointments.empty() || appointments.back().id.text() != row[0].c_str()) {
    appointments.push_back(ReadHead(row));
  }
  appointments.back().applicants.push_back(ReadApplicant(row, kFirstApplicantColumn));
  return appointments.back().applicants.back();
}

std::optional<absl::Time> ReadEnd(const pqxx::field& field) {
  const absl::Time end = postgres::ReadTime(field);
  if (end == absl::InfiniteFuture()) return std::nullopt;
  return end;
}

}  // namespace bitrade::appointments
