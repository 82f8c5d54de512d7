// Keeps appointments. What answers a counsel is read in one statement with what access rests on:
// the counsel's own, DIGITAL, and visible at the instant of the call.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/appointments/domain/appointment.h"
#include "services/appointments/domain/availability.h"
#include "services/common/access/delegations/projection.h"
#include "services/common/access/reach.h"
#include "services/common/crypto/keyring.h"
#include "services/common/postgres/transaction.h"

namespace bitrade::appointments {

using access::Reach;
using access::Reader;

// Which rows of a list, the newest first: ids are given in the order of time.
struct Rows {
  int limit = 20;
  int offset = 0;
  // Rows come before this id.
  AppointmentId before;
};

struct AppointmentPage {
  std::vector<Appointment> appointments;  // applicants without contact details
  int64_t total = 0;                      // all that are visible
  bool more = false;                      // there are rows after these
};

// What an appointment was decided on.
struct Grounds {
  int64_t register_version = 0;
  Trigger trigger = Trigger::kExOfficio;
};

class AppointmentStore {
 public:
  explicit AppointmentStore(const crypto::Keyring& keyring) : keyring_(keyring) {}

  // Returns a page of what `reader` sees; nullopt for a delegate whom the projection does not let
  // in.
  std::optional<AppointmentPage> List(postgres::Transaction& tx, const Reader& reader,
                                      const Rows& rows);

  // Returns an appointment that `reader` sees; with contact details while it is in force.
  std::optional<Appointment> Find(postgres::Transaction& tx, const Reader& reader,
                                  const AppointmentId& id);

  // Returns the access facts of an appointment, whoever may see it.
  std::optional<AccessFacts> Access(postgres::Transaction& tx, const AppointmentId& id);

  // Returns the access facts of all appointments: what others project.
  std::vector<AccessFacts> All(postgres::Transaction& tx);

  // Tells whether one of `applicants` has a counsel. Precondition: their matter is locked.
  bool HasCounsel(postgres::Transaction& tx, const std::vector<Applicant>& applicants);

  // Stores a new appointment. Precondition: its matter and its counsel are locked.
  void Insert(postgres::Transaction& tx, const Appointment& appointment, const Grounds& grounds);

  // Returns an appointment without contact details, and locks its matter; nullopt for one in a
  // matter out of `reach` as well.
  std::optional<Appointment> Lock(postgres::Transaction& tx, const AppointmentId& id,
                                  const Reach& reach);

  // Returns the appointments of an applicant without contact details. Precondition: the matter is
  // locked.
  std::vector<Appointment> OfApplicant(postgres::Transaction& tx, const ApplicantId& id);

  // Stores ends, version and time of change. Precondition: the matter is locked.
  void Update(postgres::Transaction& tx, const Appointment& appointment);

  // Stores a release with its reason, sealed. Precondition: the matter is locked.
  void Release(postgres::Transaction& tx, const Appointment& appointment,
               const std::string& reason);

 private:
  const crypto::Keyring& keyring_;
};

}  // namespace bitrade::appointments
