#include "services/documents/disposals/store.h"

#include "services/common/postgres/values.h"

namespace bitrade::documents {
namespace {

using postgres::Statement;

DisposalEvidence ReadEvidence(const pqxx::row& row) {
  return {.document = DocumentId::Trusted(row[0].as<std::string>()),
          .appointment = AppointmentId::Trusted(row[1].as<std::string>()),
          .sha256 = row[2].as<std::string>(),
          .size = row[3].as<int64_t>(),
          .chunks = row[4].as<int64_t>(),
          .disposed_time = postgres::ReadTime(row[5])};
}

}  // namespace

// Any number up to $2, by id.
constexpr Statement kWithContent{"disposals_with_content", R"sql(
    SELECT id FROM document WHERE appointment_id = $1 AND state = 'COMMUNICATED' ORDER BY id LIMIT $2)sql"};

std::vector<DocumentId> DisposalStore::WithContent(postgres::Transaction& tx,
                                                   const AppointmentId& appointment, int limit) {
  std::vector<DocumentId> ids;
  for (const auto& row : tx.Exec(kWithContent, appointment.text(), limit)) {
    ids.push_back(DocumentId::Trusted(row[0].as<std::string>()));
  }
  return ids;
}

// At most one row.
constexpr Statement kEvidence{"disposals_evidence", R"sql(
    SELECT e.document_id, d.appointment_id, e.sha256, e.size, e.chunks, e.disposed_time
    FROM disposal_evidence e JOIN document d ON d.id = e.document_id WHERE e.document_id = $1)sql"};

std::optional<DisposalEvidence> DisposalStore::Evidence(postgres::Transaction& tx,
                                                        const DocumentId& id) {
  const pqxx::result rows = tx.Exec(kEvidence, id.text());
  if (rows.empty()) return std::nullopt;
  return ReadEvidence(rows[0]);
}

// The key goes first, in the same transaction: what is left of the chunks in the database's files
// cannot be read without it. At most one row.
constexpr Statement kDispose{"disposals_dispose", R"sql(
    WITH gone AS (
      UPDATE document SET state = 'DISPOSED', wrapped_key = NULL, title = NULL, file_name = NULL, version = version + 1, update_time = $3
      WHERE id = $1 AND state = 'COMMUNICATED' RETURNING id, appointment_id, sha256, size),
    chunks AS (DELETE FROM chunk WHERE document_id IN (SELECT id FROM gone) RETURNING 1)
    INSERT INTO disposal_evidence (document_id, disposal_id, sha256, size, chunks, disposed_time)
    SELECT id, $2, sha256, size, (SELECT count(*) FROM chunks), $3 FROM gone
    RETURNING document_id, (SELECT appointment_id FROM gone), sha256, size, chunks, disposed_time)sql"};

std::optional<DisposalEvidence> DisposalStore::Dispose(postgres::Transaction& tx,
                                                       const DocumentId& id,
                                                       const DisposalId& decision, absl::Time now) {
  const pqxx::result rows = tx.Exec(kDispose, id.text(), decision.text(), postgres::TimeParam(now));
  if (rows.empty()) return std::nullopt;
  return ReadEvidence(rows[0]);
}

}  // namespace bitrade::documents
