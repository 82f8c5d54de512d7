#include "services/documents/content/store.h"

#include "services/common/access/projection.h"
#include "services/common/postgres/values.h"

namespace bitrade::documents {
namespace {

using postgres::Statement;

}  // namespace

// Says that the document is still arriving, and holds it against the sweep. At most one row.
constexpr Statement kTouch{"content_touch", R"sql(
    UPDATE document SET update_time = $2 WHERE id = $1 AND state = 'STAGED'
    RETURNING set_config('synchronous_commit', 'off', true))sql"};

constexpr Statement kPut{"content_put", R"sql(
    INSERT INTO chunk (document_id, index, sealed) VALUES ($1, $2, $3))sql"};

bool ContentStore::Put(postgres::Transaction& tx, const DocumentId& id, const SealedChunks& chunks,
                       absl::Time now) {
  if (tx.Exec(kTouch, id.text(), postgres::TimeParam(now)).empty()) return false;
  int64_t index = chunks.first;
  for (const std::string& sealed : chunks.sealed) {
    tx.Exec(kPut, id.text(), index++, postgres::Bytea(sealed));
  }
  return true;
}

// At most one row.
constexpr Statement kGet{
    "content_get",
    "SELECT c.sealed FROM document d "
    "JOIN access_appointment a USING (appointment_id) "
    "LEFT JOIN chunk c ON c.document_id = d.id AND c.index = $7 "
    "WHERE d.id = $1 AND " BITRADE_DOCUMENT_SHOWN("d") "AND " BITRADE_SEEN_BY_COUNSEL};

std::optional<std::string> ContentStore::Get(postgres::Transaction& tx, const Reader& reader,
                                             const DocumentId& id, int64_t index) {
  const pqxx::result rows = ExecAs(reader, tx, kGet, id.text(), index);
  if (rows.empty()) return std::nullopt;
  return rows[0][0].is_null() ? std::string() : postgres::ReadBytes(rows[0][0]);
}

}  // namespace bitrade::documents
