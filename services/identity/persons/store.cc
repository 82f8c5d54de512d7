#include "services/identity/persons/store.h"

#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/common/base/status_macros.h"
#include "services/common/postgres/values.h"

namespace bitrade::identity {
namespace {

using postgres::Statement;

std::string KeyIds(const std::vector<crypto::KeyedHash>& hashes) {
  std::vector<std::string> ids;
  for (const crypto::KeyedHash& hash : hashes) ids.push_back(hash.key_id);
  return postgres::ArrayParam(ids);
}

// As text of `bytea[]`.
std::string HashTexts(const std::vector<crypto::KeyedHash>& hashes) {
  std::vector<std::string> texts;
  for (const crypto::KeyedHash& hash : hashes) {
    texts.push_back(absl::StrCat("\\x", absl::BytesToHexString(hash.hash)));
  }
  return postgres::ArrayParam(texts);
}

std::string Place(const PersonId& person) {
  return absl::StrCat("person/", person.text(), "/number");
}

}  // namespace

// At most one row: the person and under how many of the keys it is found.
constexpr Statement kFind{"persons_find", R"sql(
    SELECT h.person_id, count(*) FROM person_number_hash h
      JOIN unnest($1::text[], $2::bytea[]) AS known (key_id, hash) USING (key_id, hash)
     GROUP BY h.person_id)sql"};

std::optional<PersonId> PersonStore::Find(postgres::Transaction& tx, const Hashes& hashes) {
  const pqxx::result rows = tx.Exec(kFind, KeyIds(hashes), HashTexts(hashes));
  if (rows.empty()) return std::nullopt;
  const auto person = PersonId::Trusted(rows[0][0].as<std::string>());
  if (rows[0][1].as<size_t>() < hashes.size()) AddHashes(tx, hashes, person);
  return person;
}

constexpr Statement kAddHashes{"persons_add_hashes", R"sql(
    INSERT INTO person_number_hash (key_id, hash, person_id)
    SELECT key_id, hash, $3 FROM unnest($1::text[], $2::bytea[]) AS known (key_id, hash) ORDER BY key_id
    ON CONFLICT DO NOTHING)sql"};

void PersonStore::AddHashes(postgres::Transaction& tx, const Hashes& hashes,
                            const PersonId& person) {
  tx.Exec(kAddHashes, KeyIds(hashes), HashTexts(hashes), person.text());
}

// Processes that know different newest keys hash differently: no unique index sees that they enter
// the same number. First sights are rare, so they queue.
constexpr Statement kQueue{"persons_queue", R"sql(
    SELECT pg_advisory_xact_lock(hashtextextended('bitrade.identity.person', 0)))sql"};

constexpr Statement kInsert{"persons_insert", R"sql(
    INSERT INTO person (id, number, create_time) VALUES ($1, $2, $3))sql"};

PersonId PersonStore::Ensure(postgres::Transaction& tx, const PersonNumber& number,
                             const PersonId& fresh, absl::Time now) {
  const Hashes hashes = keyring_.Hashes(number.FullText());
  if (const auto known = Find(tx, hashes)) return *known;
  tx.Exec(kQueue);
  if (const auto known = Find(tx, hashes)) return *known;
  const std::string sealed = keyring_.Seal(number.FullText(), Place(fresh));
  tx.Exec(kInsert, fresh.text(), postgres::Bytea(sealed), postgres::TimeParam(now));
  AddHashes(tx, hashes, fresh);
  return fresh;
}

// At most one row.
constexpr Statement kNumberOf{"persons_number_of", "SELECT number FROM person WHERE id = $1"};

absl::StatusOr<std::optional<std::string>> PersonStore::NumberOf(postgres::Transaction& tx,
                                                                 const PersonId& person) {
  const pqxx::result rows = tx.Exec(kNumberOf, person.text());
  if (rows.empty()) return std::nullopt;
  ASSIGN_OR_RETURN(std::string number,
                   keyring_.Open(postgres::ReadBytes(rows[0][0]), Place(person)));
  return number;
}

}  // namespace bitrade::identity
