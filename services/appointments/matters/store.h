// Keeps matters and their applicants. Identifiers go in sealed, each with a keyed hash to find it
// by, and never come out.
#pragma once

#include <optional>

#include "absl/time/civil_time.h"
#include "services/appointments/domain/matter.h"
#include "services/common/access/reach.h"
#include "services/common/crypto/keyring.h"
#include "services/common/postgres/transaction.h"

namespace bitrade::appointments {

using access::Reach;

class MatterStore {
 public:
  explicit MatterStore(const crypto::Keyring& keyring) : keyring_(keyring) {}

  // Tells whether `code` is a case category on `day`.
  bool HasCategory(postgres::Transaction& tx, const std::string& code, absl::CivilDay day);

  // Stores a matter with its applicants; false when another has its number.
  bool Insert(postgres::Transaction& tx, const Matter& matter);

  // Returns a matter, its applicants without contact details and identifiers, and locks it: whoever
  // appoints, releases or decides in a matter does so one after the other. What is out of `reach`
  // is not found.
  std::optional<Matter> Lock(postgres::Transaction& tx, const MatterId& id, const Reach& reach);

  // Returns an applicant without contact details and identifiers, and locks the matter; nullopt
  // where the matter is out of `reach` as well.
  std::optional<Applicant> LockApplicant(postgres::Transaction& tx, const ApplicantId& id,
                                         const Reach& reach);

  // Stores protection level and channel, and erases contact details.
  void Protect(postgres::Transaction& tx, const Applicant& applicant);

 private:
  void InsertApplicant(postgres::Transaction& tx, const Matter& matter, size_t index);
  void InsertIdentifiers(postgres::Transaction& tx, const Applicant& applicant);

  const crypto::Keyring& keyring_;
};

}  // namespace bitrade::appointments
