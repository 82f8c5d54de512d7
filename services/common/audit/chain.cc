#include "services/common/audit/chain.h"

#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/common/crypto/digest.h"
#include "services/common/postgres/values.h"

namespace bitrade::audit {
namespace {

using postgres::Statement;

constexpr int kMostRows = 2000;

const std::string& UnsealedSql() {
  static const std::string& sql = *new std::string(absl::StrCat(
      "SELECT seq, ", kAuditRowText, " FROM audit WHERE position IS NULL ORDER BY seq LIMIT $1"));
  return sql;
}

}  // namespace

std::string ChainHash(absl::string_view previous, int64_t position, absl::string_view row) {
  return crypto::Sha256(absl::StrCat(previous, position, "\n", row));
}

// At most one row.
constexpr Statement kEnd{"audit_chain_end", "SELECT position, hash FROM audit_seal"};

ChainEnd ReadChainEnd(postgres::Transaction& tx) {
  const pqxx::result rows = tx.Exec(kEnd);
  if (rows.empty()) return {};
  return {rows[0][0].as<int64_t>(), postgres::ReadBytes(rows[0][1])};
}

constexpr Statement kSeal{"audit_seal_rows", R"sql(
    UPDATE audit a SET position = s.position, hash = decode(s.hash, 'hex')
    FROM unnest($1::bigint[], $2::bigint[], $3::text[]) AS s (seq, position, hash) WHERE a.seq = s.seq)sql"};

constexpr Statement kMoveEnd{"audit_move_end", R"sql(
    INSERT INTO audit_seal (position, hash) VALUES ($1, $2)
    ON CONFLICT (only_row) DO UPDATE SET position = excluded.position, hash = excluded.hash)sql"};

absl::StatusOr<int64_t> SealAudit(postgres::Transaction& tx) {
  const pqxx::result rows = tx.Exec(Statement{"audit_unsealed", UnsealedSql().c_str()}, kMostRows);
  if (rows.empty()) return 0;
  ChainEnd end = ReadChainEnd(tx);
  std::vector<std::string> seqs, positions, hashes;
  for (const auto& row : rows) {
    ++end.position;
    end.hash = ChainHash(end.hash, end.position, row[1].as<std::string>());
    seqs.push_back(row[0].as<std::string>());
    positions.push_back(absl::StrCat(end.position));
    hashes.push_back(absl::BytesToHexString(end.hash));
  }
  tx.Exec(kSeal, postgres::ArrayParam(seqs), postgres::ArrayParam(positions),
          postgres::ArrayParam(hashes));
  tx.Exec(kMoveEnd, end.position, postgres::Bytea(end.hash));
  return static_cast<int64_t>(rows.size());
}

}  // namespace bitrade::audit
