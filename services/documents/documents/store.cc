#include "services/documents/documents/store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/common/access/projection.h"
#include "services/common/base/status_macros.h"
#include "services/common/postgres/values.h"
#include "services/documents/domain/byte_range.h"

namespace bitrade::documents {
namespace {

using postgres::Statement;

// The columns that ReadRow reads, in their order; what a statement selects besides starts behind
// them.
#define DOCUMENT_COLUMNS                                                           \
  "d.id, d.appointment_id, d.title, d.file_name, d.media_type, d.size, d.sha256, " \
  "d.reveals_residence, d.state, d.version, d.create_time, d.communicated_time"
constexpr int kColumns = 12;

// Binds sealed bytes to their document and column, so that none can be put elsewhere.
std::string Associated(const DocumentId& id, absl::string_view column) {
  return absl::StrCat("document/", id.text(), "/", column);
}

}  // namespace

std::string DocumentStore::Seal(const std::string& text, const DocumentId& id,
                                absl::string_view column) {
  return keyring_.Seal(text, Associated(id, column));
}

absl::StatusOr<std::string> DocumentStore::Open(const pqxx::field& field, const DocumentId& id,
                                                absl::string_view column) {
  return keyring_.Open(postgres::ReadBytes(field), Associated(id, column));
}

absl::StatusOr<Document> DocumentStore::ReadRow(const pqxx::row& row) {
  Document document{
      .id = DocumentId::Trusted(row[0].as<std::string>()),
      .description = {.appointment = AppointmentId::Trusted(row[1].as<std::string>())}};
  Description& about = document.description;
  ASSIGN_OR_RETURN(about.title, Open(row[2], document.id, "title"));
  ASSIGN_OR_RETURN(about.file_name, Open(row[3], document.id, "file_name"));
  about.media_type = row[4].as<std::string>();
  about.size = row[5].as<int64_t>();
  about.sha256 = row[6].as<std::string>();
  about.reveals_residence = row[7].as<bool>();
  document.state = ParseState(row[8].as<std::string>());
  document.version = row[9].as<int64_t>();
  document.create_time = postgres::ReadTime(row[10]);
  document.communicated_time = postgres::ReadOptionalTime(row[11]);
  return document;
}

// No row: not seen. One row without a document: seen, and none there. A cursor that names no
// document of the appointment begins at the top.
constexpr Statement kList{
    "documents_list",
    "SELECT " DOCUMENT_COLUMNS
    ", (SELECT count(*) FROM document n WHERE n.appointment_id = $1 AND " BITRADE_DOCUMENT_SHOWN("n")
    ") FROM access_appointment a LEFT JOIN LATERAL ("
    "SELECT n.* FROM document n LEFT JOIN document b ON b.id = $9 AND b.appointment_id = $1 "
    "WHERE n.appointment_id = $1 AND " BITRADE_DOCUMENT_SHOWN("n")
    "AND (b.id IS NULL OR (n.communicated_time, n.id) < (b.communicated_time, b.id)) "
    "ORDER BY n.communicated_time DESC, n.id DESC LIMIT $7 OFFSET $8) d ON true "
    "WHERE a.appointment_id = $1 AND " BITRADE_SEEN_BY_COUNSEL
    " ORDER BY d.communicated_time DESC, d.id DESC"};

absl::StatusOr<std::optional<DocumentPage>> DocumentStore::List(postgres::Transaction& tx,
                                                                const Reader& reader,
                                                                const AppointmentId& appointment,
                                                                const rpc::PageRows& rows) {
  // One row more tells whether any follows.
  const pqxx::result found =
      ExecAs(reader, tx, kList, appointment.text(), rows.limit + 1, rows.offset, rows.before);
  if (found.empty()) return std::nullopt;
  DocumentPage page{.last = static_cast<int64_t>(found.size()) <= rows.limit,
                    .total = found[0][kColumns].as<int64_t>()};
  for (const auto& row : found) {
    if (row[0].is_null() || static_cast<int64_t>(page.documents.size()) == rows.limit) break;
    ASSIGN_OR_RETURN(Document document, ReadRow(row));
    page.documents.push_back(std::move(document));
  }
  return page;
}

// At most one row.
#define FROM_SEEN_DOCUMENT                                             \
  " FROM document d JOIN access_appointment a USING (appointment_id) " \
  "WHERE d.id = $1 AND " BITRADE_DOCUMENT_SHOWN("d") "AND " BITRADE_SEEN_BY_COUNSEL

constexpr Statement kFind{"documents_find", "SELECT " DOCUMENT_COLUMNS FROM_SEEN_DOCUMENT};

absl::StatusOr<std::optional<Document>> DocumentStore::Find(postgres::Transaction& tx,
                                                            const Reader& reader,
                                                            const DocumentId& id) {
  const pqxx::result rows = ExecAs(reader, tx, kFind, id.text());
  if (rows.empty()) return std::nullopt;
  ASSIGN_OR_RETURN(Document document, ReadRow(rows[0]));
  return document;
}

constexpr Statement kFindKeyed{"documents_find_keyed",
                               "SELECT " DOCUMENT_COLUMNS ", d.wrapped_key" FROM_SEEN_DOCUMENT};

absl::StatusOr<std::optional<KeyedDocument>> DocumentStore::FindKeyed(postgres::Transaction& tx,
                                                                      const Reader& reader,
                                                                      const DocumentId& id) {
  const pqxx::result rows = ExecAs(reader, tx, kFindKeyed, id.text());
  if (rows.empty()) return std::nullopt;
  ASSIGN_OR_RETURN(Document document, ReadRow(rows[0]));
  ASSIGN_OR_RETURN(std::string data_key, Open(rows[0][kColumns], id, "data_key"));
  return KeyedDocument{std::move(document), std::move(data_key)};
}

// At most one row.
constexpr Statement kAppointmentOf{"documents_appointment_of", R"sql(
    SELECT appointment_id FROM document WHERE id = $1 AND state = 'COMMUNICATED')sql"};

std::optional<AppointmentId> DocumentStore::AppointmentOf(postgres::Transaction& tx,
                                                          const DocumentId& id) {
  const pqxx::result rows = tx.Exec(kAppointmentOf, id.text());
  if (rows.empty()) return std::nullopt;
  return AppointmentId::Trusted(rows[0][0].as<std::string>());
}

// At most one row. Whose appointment it is never changes: it does not matter how fresh that is.
constexpr Statement kInDoubt{"documents_in_doubt", R"sql(
    SELECT d.appointment_id FROM document d LEFT JOIN access_appointment a USING (appointment_id)
    WHERE d.id = $1 AND d.state = 'COMMUNICATED' AND (a.counsel_id IS NULL OR a.counsel_id = $2))sql"};

std::optional<AppointmentId> DocumentStore::InDoubt(postgres::Transaction& tx, const Reader& reader,
                                                    const DocumentId& id) {
  const pqxx::result rows = tx.Exec(kInDoubt, id.text(), reader.counsel_id);
  if (rows.empty()) return std::nullopt;
  return AppointmentId::Trusted(rows[0][0].as<std::string>());
}

constexpr Statement kStage{"documents_stage", R"sql(
    INSERT INTO document (id, appointment_id, title, file_name, media_type, size, sha256, reveals_residence, state, version,
                          create_time, update_time, wrapped_key)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'STAGED', $9, $10, $10, $11))sql"};

void DocumentStore::Stage(postgres::Transaction& tx, const Document& document,
                          const std::string& data_key) {
  const Description& about = document.description;
  const DocumentId& id = document.id;
  tx.Exec(
      kStage, id.text(), about.appointment.text(), postgres::Bytea(Seal(about.title, id, "title")),
      postgres::Bytea(Seal(about.file_name, id, "file_name")), about.media_type, about.size,
      about.sha256, about.reveals_residence, document.version,
      postgres::TimeParam(document.create_time), postgres::Bytea(Seal(data_key, id, "data_key")));
}

// The commits of chunks do not wait for the disk: after a crash of the database the last of them
// may be missing although later ones came.
constexpr Statement kPublish{"documents_publish", R"sql(
    UPDATE document SET state = 'COMMUNICATED', communicated_time = $2, update_time = $2
    WHERE id = $1 AND state = 'STAGED' AND $3::bigint = (SELECT count(*) FROM chunk WHERE document_id = $1))sql"};

bool DocumentStore::Publish(postgres::Transaction& tx, const Document& document) {
  return tx.Exec(kPublish, document.id.text(), postgres::TimeParam(document.communicated_time),
                 ChunkCount(document.description.size))
             .affected_rows() == 1;
}

// Chunks go with their document. One at a time: how long a statement runs is bounded.
constexpr Statement kSweepStaged{"documents_sweep_staged", R"sql(
    DELETE FROM document WHERE id = (
      SELECT id FROM document WHERE state = 'STAGED' AND update_time < $1 LIMIT 1 FOR UPDATE SKIP LOCKED))sql"};

bool DocumentStore::SweepStaged(postgres::Transaction& tx, absl::Time before) {
  return tx.Exec(kSweepStaged, postgres::TimeParam(before)).affected_rows() == 1;
}

// Any number, by id.
constexpr Statement kAll{"documents_all", R"sql(
    SELECT id, appointment_id, state, version, update_time FROM document WHERE state <> 'STAGED' ORDER BY id)sql"};

std::vector<DocumentLife> DocumentStore::All(postgres::Transaction& tx) {
  std::vector<DocumentLife> all;
  for (const auto& row : tx.Exec(kAll)) {
    all.push_back({.id = DocumentId::Trusted(row[0].as<std::string>()),
                   .appointment = AppointmentId::Trusted(row[1].as<std::string>()),
                   .state = ParseState(row[2].as<std::string>()),
                   .version = row[3].as<int64_t>(),
                   .update_time = postgres::ReadTime(row[4])});
  }
  return all;
}

}  // namespace bitrade::documents
