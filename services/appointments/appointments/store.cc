#include "services/appointments/appointments/store.h"

#include <utility>

#include "services/appointments/appointments/row.h"
#include "services/common/postgres/values.h"

namespace bitrade::appointments {
namespace {

using postgres::Statement;

std::string EndParam(std::optional<absl::Time> end) {
  return postgres::TimeParam(end.value_or(absl::InfiniteFuture()));
}

std::vector<Appointment> ReadRows(const pqxx::result& rows) {
  std::vector<Appointment> appointments;
  for (const auto& row : rows) {
    postgres::Fields fields(row);
    AppendRow(fields, appointments);
  }
  return appointments;
}

std::string IdsOf(const std::vector<Applicant>& applicants) {
  std::vector<std::string> ids;
  for (const Applicant& applicant : applicants) ids.push_back(applicant.id.text());
  return postgres::ArrayParam(ids);
}

AccessFacts ReadFacts(const pqxx::row& row) {
  return {.id = AppointmentId::Trusted(row[0].as<std::string>()),
          .counsel = CounselId::Trusted(row[1].as<std::string>()),
          .matter = MatterId::Trusted(row[7].as<std::string>()),
          .version = row[2].as<int64_t>(),
          .digital = row[3].as<bool>(),
          .visible_until = ReadEnd(row[4]),
          .filings_visible_until = ReadEnd(row[5]),
          .released = ReleaseTime(postgres::ReadOptionalDate(row[6])),
          .authority = row[8].as<std::string>(),
          .category = row[9].as<std::string>()};
}

}  // namespace

// What a reader ($2 to $6) sees of `appointment p`: the counsel's own, and for a delegate none of a
// matter in which that person is counsel or party.
#define SEEN                                                                     \
  "p.counsel_id = $2::uuid AND p.digital AND p.visible_until > $3::timestamptz " \
  "AND ($5::uuid IS NULL OR NOT EXISTS (SELECT 1 FROM appointment q "            \
  "WHERE q.matter_id = p.matter_id AND q.counsel_id = $5::uuid) "                \
  "AND NOT EXISTS (SELECT 1 FROM party y WHERE y.matter_id = p.matter_id "       \
  "AND y.person_id = $5::uuid)) "

// One row for each applicant of the page's appointments: the total, and the columns of row.h. One
// with NULLs where the page is empty, so that the total is told there too; none for a delegate who
// is not let in. Rows come before $1; $8 are read, one more than are shown.
constexpr Statement kList{
    "appointment_list",
    "SELECT t.total, " BITRADE_APPOINTMENT_COLUMNS
    " FROM (SELECT count(*) AS total FROM appointment p WHERE " SEEN
    ") t LEFT JOIN (SELECT * FROM appointment p WHERE " SEEN
    "AND p.id < $1::uuid ORDER BY p.id DESC OFFSET $7::bigint LIMIT $8::bigint) p ON true "
    "LEFT JOIN matter m ON m.id = p.matter_id "
    "LEFT JOIN appointment_applicant c ON c.appointment_id = p.id "
    "LEFT JOIN applicant a ON a.id = c.applicant_id "
    "WHERE " BITRADE_COUNSEL_OR_DELEGATE " ORDER BY p.id DESC, a.position"};

std::optional<AppointmentPage> AppointmentStore::List(postgres::Transaction& tx,
                                                      const Reader& reader, const Rows& rows) {
  const pqxx::result found =
      ExecAs(reader, tx, kList, rows.before.text(), rows.offset, rows.limit + 1);
  if (found.empty()) return std::nullopt;
  AppointmentPage page;
  page.total = found[0][0].as<int64_t>();
  if (found[0][1].is_null()) return page;
  page.appointments.reserve(found.size());
  for (const auto& row : found) {
    postgres::Fields fields(row);
    fields.Next();
    AppendRow(fields, page.appointments);
  }
  page.more = page.appointments.size() > static_cast<size_t>(rows.limit);
  if (page.more) page.appointments.pop_back();
  return page;
}

// A row for each applicant.
constexpr Statement kFind{
    "appointment_find", "SELECT " BITRADE_APPOINTMENT_COLUMNS ", " BITRADE_CONTACT_COLUMNS
                        " FROM appointment p" BITRADE_APPOINTMENT_JOINS "WHERE p.id = $1 AND " SEEN
                        "AND " BITRADE_COUNSEL_OR_DELEGATE " ORDER BY a.position"};

std::optional<Appointment> AppointmentStore::Find(postgres::Transaction& tx, const Reader& reader,
                                                  const AppointmentId& id) {
  std::vector<Appointment> found;
  for (const auto& row : ExecAs(reader, tx, kFind, id.text())) {
    postgres::Fields fields(row);
    Appointment& appointment = AppendRow(fields, found);
    if (appointment.state != State::kAppointed) continue;
    appointment.applicants.back().details.contact = ReadContact(fields);
  }
  if (found.empty()) return std::nullopt;
  return std::move(found[0]);
}

#define SELECT_ACCESS                                                               \
  "SELECT p.id, p.counsel_id, p.version, p.digital, p.visible_until, "              \
  "p.filings_visible_until, p.released_date, p.matter_id, m.authority, m.category " \
  "FROM appointment p JOIN matter m ON m.id = p.matter_id "

// At most one row.
constexpr Statement kAccess{"appointment_access", SELECT_ACCESS "WHERE p.id = $1"};

std::optional<AccessFacts> AppointmentStore::Access(postgres::Transaction& tx,
                                                    const AppointmentId& id) {
  const pqxx::result rows = tx.Exec(kAccess, id.text());
  if (rows.empty()) return std::nullopt;
  return ReadFacts(rows[0]);
}

// Any number.
constexpr Statement kAll{"appointment_all", SELECT_ACCESS "ORDER BY p.id"};

std::vector<AccessFacts> AppointmentStore::All(postgres::Transaction& tx) {
  std::vector<AccessFacts> all;
  for (const auto& row : tx.Exec(kAll)) all.push_back(ReadFacts(row));
  return all;
}

// At most one row.
constexpr Statement kHasCounsel{"appointment_has_counsel", R"sql(
    SELECT 1 FROM appointment_applicant c JOIN appointment p ON p.id = c.appointment_id
    WHERE c.applicant_id = ANY ($1::uuid[]) AND p.state = 'APPOINTED' LIMIT 1)sql"};

bool AppointmentStore::HasCounsel(postgres::Transaction& tx,
                                  const std::vector<Applicant>& applicants) {
  return !tx.Exec(kHasCounsel, IdsOf(applicants)).empty();
}

constexpr Statement kInsert{"appointment_insert", R"sql(
    INSERT INTO appointment (id, matter_id, counsel_id, register_version, requested_by_applicant, digital, appointed_date, state,
                             visible_until, filings_visible_until, version, create_time, update_time)
    VALUES ($1, $2, $3, $4, $5, $6, $7, 'APPOINTED', $8, $9, $10, $11, $11))sql"};

constexpr Statement kInsertApplicants{"appointment_insert_applicants", R"sql(
    INSERT INTO appointment_applicant (appointment_id, applicant_id) SELECT $1::uuid, unnest($2::uuid[]))sql"};

void AppointmentStore::Insert(postgres::Transaction& tx, const Appointment& appointment,
                              const Grounds& grounds) {
  tx.Exec(kInsert, appointment.id.text(), appointment.matter.text(), appointment.counsel.text(),
          grounds.register_version, grounds.trigger == Trigger::kRequestedByApplicant,
          appointment.digital, postgres::DateParam(appointment.appointed_date),
          EndParam(appointment.visible_until), EndParam(appointment.filings_visible_until),
          appointment.version, postgres::TimeParam(appointment.create_time));
  tx.Exec(kInsertApplicants, appointment.id.text(), IdsOf(appointment.applicants));
}

// At most one row. The matter first, in a statement of its own: the appointment is then read as the
// last to hold the matter left it.
constexpr Statement kLockMatter{
    "appointment_lock_matter",
    "SELECT 1 FROM matter m WHERE m.id = (SELECT matter_id FROM appointment WHERE id = $1) "
    "AND " BITRADE_WITHIN_REACH("m", "$2", "$3") " FOR NO KEY UPDATE"};

// A row for each applicant.
constexpr Statement kById{"appointment_by_id", "SELECT " BITRADE_APPOINTMENT_COLUMNS
                                               " FROM appointment p" BITRADE_APPOINTMENT_JOINS
                                               "WHERE p.id = $1 ORDER BY a.position"};

std::optional<Appointment> AppointmentStore::Lock(postgres::Transaction& tx,
                                                  const AppointmentId& id, const Reach& reach) {
  const pqxx::result locked =
      tx.Exec(kLockMatter, id.text(), postgres::ArrayParam(reach.authorities),
              postgres::ArrayParam(reach.categories));
  if (locked.empty()) return std::nullopt;
  return std::move(ReadRows(tx.Exec(kById, id.text()))[0]);
}

// A row for each applicant of each appointment.
constexpr Statement kOfApplicant{
    "appointment_of_applicant",
    "SELECT " BITRADE_APPOINTMENT_COLUMNS " FROM appointment p" BITRADE_APPOINTMENT_JOINS
    "WHERE p.id IN (SELECT appointment_id FROM appointment_applicant WHERE applicant_id = $1) "
    "ORDER BY p.id, a.position"};

std::vector<Appointment> AppointmentStore::OfApplicant(postgres::Transaction& tx,
                                                       const ApplicantId& id) {
  return ReadRows(tx.Exec(kOfApplicant, id.text()));
}

constexpr Statement kUpdate{"appointment_update", R"sql(
    UPDATE appointment SET visible_until = $2, filings_visible_until = $3, version = $4, update_time = $5 WHERE id = $1)sql"};

void AppointmentStore::Update(postgres::Transaction& tx, const Appointment& appointment) {
  tx.Exec(kUpdate, appointment.id.text(), EndParam(appointment.visible_until),
          EndParam(appointment.filings_visible_until), appointment.version,
          postgres::TimeParam(appointment.update_time));
}

constexpr Statement kRelease{"appointment_release", R"sql(
    UPDATE appointment SET state = 'RELEASED', released_date = $2, release_reason = $3 WHERE id = $1)sql"};

void AppointmentStore::Release(postgres::Transaction& tx, const Appointment& appointment,
                               const std::string& reason) {
  tx.Exec(kRelease, appointment.id.text(), postgres::DateParam(appointment.released_date),
          postgres::Bytea(keyring_.Seal(reason, appointment.id.text())));
  Update(tx, appointment);
}

}  // namespace bitrade::appointments
