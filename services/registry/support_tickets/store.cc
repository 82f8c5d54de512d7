#include "services/registry/support_tickets/store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/common/audit/append.h"
#include "services/common/audit/schedule.h"
#include "services/common/base/status_macros.h"
#include "services/common/postgres/values.h"

namespace bitrade::registry {
namespace {

using postgres::Statement;

// Binds a sealed text to its ticket and column, so that it can be put nowhere else.
std::string Associated(const SupportTicketId& id, absl::string_view column) {
  return absl::StrCat("support_ticket/", id.text(), "/", column);
}

// The columns that ReadRow reads, in their order.
#define SUPPORT_TICKET_COLUMNS                                                                 \
  "id, reference, what, occur_time, which_browser, error_reference, contact, masked_numbers, " \
  "answer, officer, answer_time, version, create_time, update_time"
constexpr int kColumns = 14;

}  // namespace

std::string SupportTicketStore::AddressHash(absl::string_view address) const {
  return keyring_.Hash(absl::StrCat("support_intake/", address)).hash;
}

absl::StatusOr<SupportTicket> SupportTicketStore::ReadRow(const pqxx::row& row) {
  const auto id = SupportTicketId::Trusted(row[0].as<std::string>());
  const auto open = [&](int column, absl::string_view name) {
    return keyring_.Open(postgres::ReadBytes(row[column]), Associated(id, name));
  };
  SupportTicket ticket{.id = id,
                       .reference = row[1].as<std::string>(),
                       .form = {},
                       .masked = row[7].as<int>(),
                       .answer = std::nullopt,
                       .version = row[11].as<int64_t>(),
                       .create_time = postgres::ReadTime(row[12]),
                       .update_time = postgres::ReadTime(row[13])};
  ASSIGN_OR_RETURN(ticket.form.what, open(2, "what"));
  ticket.form.occur_time = postgres::ReadTime(row[3]);
  ASSIGN_OR_RETURN(ticket.form.which_browser, open(4, "which_browser"));
  ticket.form.error_reference = postgres::TextOrEmpty(row[5]);
  ASSIGN_OR_RETURN(ticket.form.contact, open(6, "contact"));
  if (row[8].is_null()) return ticket;
  ASSIGN_OR_RETURN(std::string text, open(8, "answer"));
  ticket.answer = SupportAnswer{.text = std::move(text),
                                .officer = row[9].as<std::string>(),
                                .time = postgres::ReadTime(row[10])};
  return ticket;
}

// Tickets are rare: whoever counts waits for who counted before, so that no limit is passed by two
// at once.
constexpr Statement kQueue{"support_intake_queue", R"sql(
    SELECT pg_advisory_xact_lock(hashtextextended('bitrade.registry.support_intake', 0)))sql"};
constexpr Statement kForget{"support_intake_forget", R"sql(
    DELETE FROM support_intake WHERE time <= $1::timestamptz - interval '1 day')sql"};
// One row.
constexpr Statement kIntake{"support_intake", R"sql(
    SELECT count(*) FILTER (WHERE address_hash = $1), count(*) FILTER (WHERE time > $2::timestamptz - interval '1 minute')
    FROM support_intake WHERE time > $2::timestamptz - interval '1 hour')sql"};

SupportIntake SupportTicketStore::Intake(postgres::Transaction& tx, absl::string_view address,
                                         absl::Time now) {
  const std::string instant = postgres::TimeParam(now);
  tx.Exec(kQueue);
  tx.Exec(kForget, instant);
  const pqxx::row row = tx.Exec(kIntake, postgres::Bytea(AddressHash(address)), instant)[0];
  return {.from_address = row[0].as<int>(), .from_anywhere = row[1].as<int>()};
}

constexpr Statement kCount{"support_intake_count", R"sql(
    INSERT INTO support_intake (address_hash, time) VALUES ($1, $2))sql"};
constexpr Statement kInsert{"support_ticket_insert", R"sql(
    INSERT INTO support_ticket (id, reference, what, occur_time, which_browser, error_reference, contact, masked_numbers, state, version,
                                create_time, update_time)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'OPEN', $9, $10, $10))sql"};

void SupportTicketStore::Insert(postgres::Transaction& tx, const SupportTicket& ticket,
                                absl::string_view address) {
  const auto seal = [&](absl::string_view text, absl::string_view column) {
    return postgres::Bytea(keyring_.Seal(text, Associated(ticket.id, column)));
  };
  const std::string created = postgres::TimeParam(ticket.create_time);
  tx.Exec(kCount, postgres::Bytea(AddressHash(address)), created);
  tx.Exec(kInsert, ticket.id.text(), ticket.reference, seal(ticket.form.what, "what"),
          postgres::TimeParam(ticket.form.occur_time),
          seal(ticket.form.which_browser, "which_browser"),
          postgres::NullIfEmpty(ticket.form.error_reference), seal(ticket.form.contact, "contact"),
          ticket.masked, ticket.version, created);
}

// At most one row.
constexpr Statement kLock{"support_ticket_lock", "SELECT " SUPPORT_TICKET_COLUMNS
                                                 " FROM support_ticket WHERE id = $1 FOR UPDATE"};

absl::StatusOr<std::optional<SupportTicket>> SupportTicketStore::Lock(postgres::Transaction& tx,
                                                                      const SupportTicketId& id) {
  const pqxx::result rows = tx.Exec(kLock, id.text());
  if (rows.empty()) return std::nullopt;
  ASSIGN_OR_RETURN(SupportTicket ticket, ReadRow(rows[0]));
  return ticket;
}

// One row at least: the total, and NULLs where the page is empty.
constexpr Statement kList{
    "support_ticket_list",
    "WITH wanted AS (SELECT " SUPPORT_TICKET_COLUMNS
    " FROM support_ticket WHERE ($2::text = '' AND state = $1) OR reference = $2) "
    "SELECT w.*, t.total FROM (SELECT count(*) AS total FROM wanted) t "
    "LEFT JOIN (SELECT * FROM wanted ORDER BY id DESC LIMIT $3 OFFSET $4) w ON true "
    "ORDER BY w.id DESC"};

absl::StatusOr<SupportTicketPage> SupportTicketStore::List(postgres::Transaction& tx,
                                                           const SupportTicketRows& rows) {
  const pqxx::result found = tx.Exec(kList, std::string(SupportStateName(rows.state)),
                                     rows.reference, rows.limit, rows.offset);
  SupportTicketPage page{.tickets = {}, .total = found[0][kColumns].as<int64_t>()};
  for (const auto& row : found) {
    if (row[0].is_null()) break;
    ASSIGN_OR_RETURN(SupportTicket ticket, ReadRow(row));
    page.tickets.push_back(std::move(ticket));
  }
  return page;
}

constexpr Statement kUpdate{"support_ticket_update", R"sql(
    UPDATE support_ticket SET state = $2, answer = $3, officer = $4, answer_time = $5, version = $6, update_time = $7 WHERE id = $1)sql"};

void SupportTicketStore::Update(postgres::Transaction& tx, const SupportTicket& ticket) {
  tx.Exec(kUpdate, ticket.id.text(), std::string(SupportStateName(ticket.state())),
          postgres::Bytea(keyring_.Seal(ticket.answer->text, Associated(ticket.id, "answer"))),
          ticket.answer->officer, postgres::TimeParam(ticket.answer->time), ticket.version,
          postgres::TimeParam(ticket.update_time));
}

// At most $2 rows.
constexpr Statement kDispose{"support_ticket_dispose", R"sql(
    WITH due AS (
      SELECT t.id FROM support_ticket t
      JOIN support_ticket_period p ON daterange(p.valid_from, p.valid_to, '[]') @> (t.answer_time AT TIME ZONE 'Europe/Stockholm')::date
      WHERE t.state = 'ANSWERED' AND t.answer_time <= $1::timestamptz - p.days * interval '24 hours'
      ORDER BY t.id LIMIT $2 FOR UPDATE OF t SKIP LOCKED)
    DELETE FROM support_ticket USING due WHERE support_ticket.id = due.id RETURNING due.id)sql"};

int SupportTicketStore::DisposeDue(postgres::Transaction& tx, absl::Time now, int limit) {
  std::vector<std::string> gone;
  for (const auto& row : tx.Exec(kDispose, postgres::TimeParam(now), limit)) {
    gone.push_back(row[0].as<std::string>());
  }
  if (!gone.empty()) {
    audit::Append(tx, {audit::OfSchedule(now, "registry", "registry/DisposeSupportTickets", gone)});
  }
  return static_cast<int>(gone.size());
}

}  // namespace bitrade::registry
