#include "services/registry/counsel/store.h"

#include <string>

#include "services/common/postgres/values.h"

namespace bitrade::registry {
namespace {

using postgres::Statement;

std::optional<Contact> ReadContact(const pqxx::row& row, pqxx::row::size_type first) {
  if (row[first].is_null()) return std::nullopt;
  return Contact{.workplace = {.street = row[first].as<std::string>(),
                               .postal_code = row[first + 1].as<std::string>(),
                               .city = row[first + 2].as<std::string>()},
                 .phone = row[first + 3].as<std::string>(),
                 .email = row[first + 4].as<std::string>()};
}

Counsel ReadRow(const pqxx::row& row) {
  return {.id = CounselId::Trusted(row[0].as<std::string>()),
          .details = {.name = row[1].as<std::string>(),
                      .qualification = ParseQualification(row[2].as<std::string>()),
                      .protection = ParseProtection(row[4].as<std::string>()),
                      .contact = ReadContact(row, 5),
                      .agency_channel = row[10].as<std::string>(),
                      .languages = postgres::ReadArray(row[11]),
                      .f_tax = row[12].as<bool>(),
                      .vat_number = row[13].as<std::string>()},
          .listing = ParseListing(row[3].as<std::string>()),
          .version = row[14].as<int64_t>(),
          .create_time = postgres::ReadTime(row[15]),
          .update_time = postgres::ReadTime(row[16])};
}

// The parts of a contact as columns, NULL for a protected counsel.
std::optional<std::string> Part(const std::optional<Contact>& contact,
                                const std::string& (*part)(const Contact&)) {
  return contact ? std::optional(part(*contact)) : std::nullopt;
}

const std::string& Street(const Contact& contact) { return contact.workplace.street; }
const std::string& PostalCode(const Contact& contact) { return contact.workplace.postal_code; }
const std::string& City(const Contact& contact) { return contact.workplace.city; }
const std::string& Phone(const Contact& contact) { return contact.phone; }
const std::string& Email(const Contact& contact) { return contact.email; }

}  // namespace

// At most one row.
constexpr Statement kFind{"counsel_find", R"sql(
    SELECT id, name, qualification, listing, protection_level, workplace_street, workplace_postal_code, workplace_city, phone, email,
           agency_channel, languages, f_tax, vat_number, version, create_time, update_time
    FROM counsel WHERE id = $1)sql"};

std::optional<Counsel> CounselStore::Find(postgres::Transaction& tx, const CounselId& id) {
  const pqxx::result rows = tx.Exec(kFind, id.text());
  if (rows.empty()) return std::nullopt;
  return ReadRow(rows[0]);
}

constexpr Statement kInsert{"counsel_insert", R"sql(
    INSERT INTO counsel (id, name, qualification, listing, protection_level, workplace_street, workplace_postal_code, workplace_city, phone,
                         email, agency_channel, languages, f_tax, vat_number, version, create_time, update_time)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16) ON CONFLICT (id) DO NOTHING)sql"};

bool CounselStore::Insert(postgres::Transaction& tx, const Counsel& counsel) {
  const CounselDetails& details = counsel.details;
  const std::optional<Contact>& contact = details.contact;
  return tx.Exec(kInsert, counsel.id.text(), details.name,
                 std::string(QualificationName(details.qualification)),
                 std::string(ListingName(counsel.listing)),
                 std::string(ProtectionName(details.protection)), Part(contact, Street),
                 Part(contact, PostalCode), Part(contact, City), Part(contact, Phone),
                 Part(contact, Email), details.agency_channel,
                 postgres::ArrayParam(details.languages), details.f_tax, details.vat_number,
                 counsel.version, postgres::TimeParam(counsel.create_time))
             .affected_rows() == 1;
}

// Any number.
constexpr Statement kStandings{"counsel_standings", R"sql(
    SELECT id, listing, version, update_time FROM counsel ORDER BY id)sql"};

std::vector<Standing> CounselStore::Standings(postgres::Transaction& tx) {
  std::vector<Standing> standings;
  for (const auto& row : tx.Exec(kStandings)) {
    standings.push_back({.id = CounselId::Trusted(row[0].as<std::string>()),
                         .listing = ParseListing(row[1].as<std::string>()),
                         .version = row[2].as<int64_t>(),
                         .update_time = postgres::ReadTime(row[3])});
  }
  return standings;
}

}  // namespace bitrade::registry
