#include "services/appointments/matters/store.h"

#include "absl/strings/str_cat.h"
#include "services/appointments/applicants/row.h"
#include "services/common/postgres/values.h"

namespace bitrade::appointments {

using postgres::Statement;

// At most one row.
constexpr Statement kHasCategory{"matter_has_category", R"sql(
    SELECT 1 FROM case_category WHERE code = $1 AND valid_from <= $2::date AND (valid_to IS NULL OR valid_to >= $2::date))sql"};

bool MatterStore::HasCategory(postgres::Transaction& tx, const std::string& code,
                              absl::CivilDay day) {
  return !tx.Exec(kHasCategory, code, postgres::DateParam(day)).empty();
}

constexpr Statement kInsert{"matter_insert", R"sql(
    INSERT INTO matter (id, matter_number, category, authority, instance, handling, create_time)
    VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (matter_number) DO NOTHING)sql"};

bool MatterStore::Insert(postgres::Transaction& tx, const Matter& matter) {
  const pqxx::result inserted = tx.Exec(
      kInsert, matter.id.text(), matter.number, matter.category, matter.authority, matter.instance,
      std::string(HandlingName(matter.handling)), postgres::TimeParam(matter.create_time));
  if (inserted.affected_rows() != 1) return false;
  for (size_t index = 0; index < matter.applicants.size(); ++index) {
    InsertApplicant(tx, matter, index);
    InsertIdentifiers(tx, matter.applicants[index]);
  }
  return true;
}

constexpr Statement kInsertApplicant{"matter_insert_applicant", R"sql(
    INSERT INTO applicant (id, matter_id, position, name, birth_date, citizenships, languages, protection_level,
                           contact_address, contact_phone, contact_email, agency_channel)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12))sql"};

void MatterStore::InsertApplicant(postgres::Transaction& tx, const Matter& matter, size_t index) {
  const Applicant& applicant = matter.applicants[index];
  const ApplicantDetails& details = applicant.details;
  const Contact contact = details.contact.value_or(Contact{});
  tx.Exec(kInsertApplicant, applicant.id.text(), matter.id.text(), static_cast<int>(index + 1),
          details.name, postgres::DateParam(details.birth_date),
          postgres::ArrayParam(details.citizenships), postgres::ArrayParam(details.languages),
          std::string(ProtectionName(details.protection)), postgres::NullIfEmpty(contact.address),
          postgres::NullIfEmpty(contact.phone), postgres::NullIfEmpty(contact.email),
          details.agency_channel);
}

constexpr Statement kInsertIdentifier{"matter_insert_identifier", R"sql(
    INSERT INTO identifier (applicant_id, position, type, valid_from, sealed, hash, hash_key_id)
    VALUES ($1, $2, $3, $4, $5, $6, $7))sql"};

void MatterStore::InsertIdentifiers(postgres::Transaction& tx, const Applicant& applicant) {
  int position = 0;
  for (const Identifier& identifier : applicant.details.identifiers) {
    const crypto::KeyedHash hash =
        keyring_.Hash(absl::StrCat(identifier.type, "/", identifier.value));
    const std::string sealed =
        keyring_.Seal(identifier.value, absl::StrCat(applicant.id.text(), "/", identifier.type));
    tx.Exec(kInsertIdentifier, applicant.id.text(), ++position, identifier.type,
            postgres::DateParam(identifier.valid_from), postgres::Bytea(sealed),
            postgres::Bytea(hash.hash), hash.key_id);
  }
}

// At most one row. No key of it ever changes: what refers to the matter is not kept waiting.
constexpr Statement kLock{
    "matter_lock",
    "SELECT id, matter_number, category, authority, instance, handling, create_time FROM matter m "
    "WHERE id = $1 AND " BITRADE_WITHIN_REACH("m", "$2", "$3") " FOR NO KEY UPDATE"};

// 1 to 50 rows.
constexpr Statement kApplicants{"matter_applicants", "SELECT " BITRADE_APPLICANT_COLUMNS
                                                     " FROM applicant a WHERE a.matter_id = $1 "
                                                     "ORDER BY a.position"};

std::optional<Matter> MatterStore::Lock(postgres::Transaction& tx, const MatterId& id,
                                        const Reach& reach) {
  const pqxx::result rows = tx.Exec(kLock, id.text(), postgres::ArrayParam(reach.authorities),
                                    postgres::ArrayParam(reach.categories));
  if (rows.empty()) return std::nullopt;
  const pqxx::row row = rows[0];
  Matter matter{.id = id,
                .number = row[1].as<std::string>(),
                .category = row[2].as<std::string>(),
                .authority = row[3].as<std::string>(),
                .instance = row[4].as<std::string>(),
                .handling = ParseHandling(row[5].as<std::string>()),
                .applicants = {},
                .create_time = postgres::ReadTime(row[6])};
  for (const auto& applicant : tx.Exec(kApplicants, id.text())) {
    postgres::Fields fields(applicant);
    matter.applicants.push_back(ReadApplicant(fields));
  }
  return matter;
}

// At most one row.
constexpr Statement kLockApplicant{"matter_lock_applicant",
                                   "SELECT " BITRADE_APPLICANT_COLUMNS
                                   " FROM applicant a JOIN matter m ON "
                                   "m.id = a.matter_id WHERE a.id = $1 AND " BITRADE_WITHIN_REACH(
                                       "m", "$2", "$3") " FOR NO KEY UPDATE"};

std::optional<Applicant> MatterStore::LockApplicant(postgres::Transaction& tx,
                                                    const ApplicantId& id, const Reach& reach) {
  const pqxx::result rows =
      tx.Exec(kLockApplicant, id.text(), postgres::ArrayParam(reach.authorities),
              postgres::ArrayParam(reach.categories));
  if (rows.empty()) return std::nullopt;
  postgres::Fields fields(rows[0]);
  return ReadApplicant(fields);
}

constexpr Statement kProtect{"matter_protect", R"sql(
    UPDATE applicant SET protection_level = $2, agency_channel = $3, contact_address = NULL, contact_phone = NULL, contact_email = NULL
    WHERE id = $1)sql"};

void MatterStore::Protect(postgres::Transaction& tx, const Applicant& applicant) {
  tx.Exec(kProtect, applicant.id.text(), std::string(ProtectionName(applicant.details.protection)),
          applicant.details.agency_channel);
}

}  // namespace bitrade::appointments
