#include "services/registry/counsel/store.h"

#include "services/common/postgres/values.h"

namespace bitrade::registry {
namespace {

using postgres::Statement;

Counsel ReadRow(const pqxx::row& row) {
  Counsel counsel{.id = CounselId::Trusted(row[0].as<std::string>())};
  counsel.details = {.name = row[1].as<std::string>(),
                     .qualification = ParseQualification(row[2].as<std::string>()),
                     .workplace = {.street = row[4].as<std::string>(),
                                   .postal_code = row[5].as<std::string>(),
                                   .city = row[6].as<std::string>()},
                     .phone = row[7].as<std::string>(),
                     .email = row[8].as<std::string>(),
                     .languages = postgres::ReadArray(row[9]),
                     .f_tax = row[10].as<bool>(),
                     .vat_number = row[11].as<std::string>()};
  counsel.listing = ParseListing(row[3].as<std::string>());
  counsel.version = row[12].as<int64_t>();
  counsel.create_time = postgres::ReadTime(row[13]);
  counsel.update_time = postgres::ReadTime(row[14]);
  return counsel;
}

}  // namespace

// At most one row.
constexpr Statement kFind{"counsel_find", R"sql(
    SELECT id, name, qualification, listing, workplace_street, workplace_postal_code, workplace_city, phone, email, languages, f_tax,
           vat_number, version, create_time, update_time
    FROM counsel WHERE id = $1)sql"};

std::optional<Counsel> CounselStore::Find(postgres::Transaction& tx, const CounselId& id) {
  const pqxx::result rows = tx.Exec(kFind, id.text());
  if (rows.empty()) return std::nullopt;
  return ReadRow(rows[0]);
}

constexpr Statement kInsert{"counsel_insert", R"sql(
    INSERT INTO counsel (id, name, qualification, listing, workplace_street, workplace_postal_code, workplace_city, phone, email, languages,
                         f_tax, vat_number, version, create_time, update_time)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14) ON CONFLICT (id) DO NOTHING)sql"};

bool CounselStore::Insert(postgres::Transaction& tx, const Counsel& counsel) {
  const CounselDetails& details = counsel.details;
  return tx.Exec(kInsert, counsel.id.text(), details.name,
                 std::string(QualificationName(details.qualification)),
                 std::string(ListingName(counsel.listing)), details.workplace.street,
                 details.workplace.postal_code, details.workplace.city, details.phone,
                 details.email, postgres::ArrayParam(details.languages), details.f_tax,
                 details.vat_number, counsel.version, postgres::TimeParam(counsel.create_time))
             .affected_rows() == 1;
}

// Any number.
constexpr Statement kAll{"counsel_all", R"sql(
    SELECT id, name, qualification, listing, workplace_street, workplace_postal_code, workplace_city, phone, email, languages, f_tax,
           vat_number, version, create_time, update_time
    FROM counsel ORDER BY id)sql"};

std::vector<Counsel> CounselStore::All(postgres::Transaction& tx) {
  std::vector<Counsel> all;
  for (const auto& row : tx.Exec(kAll)) all.push_back(ReadRow(row));
  return all;
}

}  // namespace bitrade::registry
