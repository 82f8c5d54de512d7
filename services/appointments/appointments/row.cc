#include "services/appointments/appointments/row.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "services/common/postgres/values.h"

namespace bitrade::appointments {
namespace {

int64_t ReadVersion(absl::string_view text) {
  int64_t version = 0;
  return absl::SimpleAtoi(text, &version) ? version : 0;
}

Appointment ReadHead(postgres::Fields& fields, std::string id) {
  Appointment appointment{.id = AppointmentId::Trusted(std::move(id)),
                          .matter = MatterId::Trusted(fields.Text()),
                          .counsel = CounselId::Trusted(fields.Text()),
                          .matter_number = fields.Text(),
                          .category = fields.Text(),
                          .authority = fields.Text(),
                          .digital = fields.View() == "t",
                          .appointed_date = postgres::ReadDate(fields.Next()),
                          .visible_until = ReadEnd(fields.Next()),
                          .filings_visible_until = ReadEnd(fields.Next()),
                          .released_date = postgres::ReadOptionalDate(fields.Next()),
                          .version = ReadVersion(fields.View()),
                          .create_time = postgres::ReadTime(fields.Next()),
                          .update_time = postgres::ReadTime(fields.Next()),
                          .applicants = {}};
  if (appointment.released_date) appointment.state = State::kReleased;
  return appointment;
}

constexpr int kColumnsAfterId = 13;

}  // namespace

Appointment& AppendRow(postgres::Fields& fields, std::vector<Appointment>& appointments) {
  std::string id = fields.Text();
  if (!appointments.empty() && appointments.back().id.text() == id) {
    for (int i = 0; i < kColumnsAfterId; ++i) fields.Next();
  } else {
    appointments.push_back(ReadHead(fields, std::move(id)));
  }
  appointments.back().applicants.push_back(ReadApplicant(fields));
  return appointments.back();
}

std::optional<absl::Time> ReadEnd(const pqxx::field& field) {
  const absl::Time end = postgres::ReadTime(field);
  if (end == absl::InfiniteFuture()) return std::nullopt;
  return end;
}

}  // namespace bitrade::appointments
