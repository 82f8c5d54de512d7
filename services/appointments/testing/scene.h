// A schema of its own with counsel, matters and appointments in it: what the store and rpc tests of
// this service begin with. Nobody in it has ever existed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "migrations/access_delegation_schema.h"
#include "migrations/appointments_schema.h"
#include "migrations/common_schema.h"
#include "services/appointments/stores.h"
#include "services/common/rpc/service_main.h"
#include "services/common/testing/database.h"
#include "services/common/testing/fakes.h"

namespace bitrade::appointments::testing {

inline const absl::Time kNow =
    absl::FromCivil(absl::CivilSecond(2026, 3, 2, 9, 0, 0), absl::UTCTimeZone());
constexpr absl::CivilDay kToday(2026, 3, 2);
constexpr absl::CivilDay kAppointed(2026, 1, 10);
// The reach of whoever may touch every matter.
inline const Reach kEverywhere{.authorities = {"*"}, .categories = {"*"}};
inline const AppointmentId kGreatest =
    AppointmentId::Trusted("ffffffff-ffff-ffff-ffff-ffffffffffff");

inline CounselId Astrid() { return CounselId::Trusted("00000000-0000-7000-9000-000000000001"); }
inline CounselId OtherCounsel() {
  return CounselId::Trusted("00000000-0000-7000-9000-000000000002");
}

inline ApplicantDetails Amina() {
  return {.name = "Amina Testsson",
          .birth_date = absl::CivilDay(1990, 5, 17),
          .citizenships = {"SY", "IQ"},
          .languages = {"ar"},
          .contact = Contact{.address = "Lilla gatan 2, 211 22 Malmö",
                             .phone = "+46701740605",
                             .email = "amina@exempel.example"},
          .agency_channel = "",
          .identifiers = {{.type = "DOSSIER_NUMBER", .value = "12-345678", .valid_from = {}},
                          {.type = "LMA_NUMBER",
                           .value = "12-345678/1",
                           .valid_from = absl::CivilDay(2025, 2, 1)}}};
}

inline ApplicantDetails Bilal() {
  return {.name = "Bilal Hemligsson",
          .birth_date = std::nullopt,
          .protection = ProtectionLevel::kProtectedRegistration,
          .contact = std::nullopt,
          .agency_channel = "asylprovningen@agency.example"};
}

// What an appointment is like where a test says nothing else.
struct Wanted {
  CounselId counsel = Astrid();
  Handling handling = Handling::kDigital;
  std::vector<ApplicantDetails> applicants = {Amina()};
  std::optional<absl::Time> visible_until = {};
};

class Scene {
 public:
  Scene()
      : database_(
            rpc::PlanOf({common_schema(), access_delegation_schema(), appointments_schema()})) {
    Change([this](postgres::Transaction& tx) {
      stores_.availability.Learn(tx, Astrid(), {.version = 1}, kNow);
      stores_.availability.Learn(tx, OtherCounsel(), {.version = 1}, kNow);
    });
  }

  bitrade::testing::Database& database() { return database_; }
  const crypto::Keyring& keyring() const { return keyring_; }
  Stores& stores() { return stores_; }

  template <typename Work>
  auto Read(Work work) {
    std::optional<decltype(work(std::declval<postgres::Transaction&>()))> found;
    Require(database_.connection().Read([&](postgres::Transaction& tx) -> absl::Status {
      found = work(tx);
      return absl::OkStatus();
    }));
    return *std::move(found);
  }

  template <typename Work>
  void Change(Work work) {
    Require(database_.connection().Transact([&](postgres::Transaction& tx) -> absl::Status {
      work(tx);
      return absl::OkStatus();
    }));
  }

  // Registers a matter with a number of its own.
  Matter Registered(Handling handling, const std::vector<ApplicantDetails>& applicants) {
    Matter matter{.id = ids_.New<MatterId>(kNow),
                  .number = absl::StrFormat("12-%06d", ++matters_),
                  .category = "ASYLUM_ADULT",
                  .authority = "MIGRATION_AGENCY",
                  .instance = "FIRST",
                  .handling = handling,
                  .applicants = {},
                  .create_time = kNow};
    for (const ApplicantDetails& details : applicants) {
      matter.applicants.push_back({ids_.New<ApplicantId>(kNow), details});
    }
    Change([&](postgres::Transaction& tx) { stores_.matters.Insert(tx, matter); });
    return matter;
  }

  // Appoints a counsel for all applicants of a matter of their own.
  Appointment Appointed(const Wanted& wanted) {
    const Matter matter = Registered(wanted.handling, wanted.applicants);
    const Appointment appointment{.id = ids_.New<AppointmentId>(kNow),
                                  .matter = matter.id,
                                  .counsel = wanted.counsel,
                                  .matter_number = matter.number,
                                  .category = matter.category,
                                  .digital = wanted.handling == Handling::kDigital,
                                  .appointed_date = kAppointed,
                                  .visible_until = wanted.visible_until,
                                  .filings_visible_until = std::nullopt,
                                  .released_date = std::nullopt,
                                  .create_time = kNow,
                                  .update_time = kNow,
                                  .applicants = matter.applicants};
    Change([&](postgres::Transaction& tx) {
      stores_.appointments.Insert(tx, appointment, {.register_version = 1});
    });
    return appointment;
  }

  // What Astrid sees at `now`.
  AppointmentPage List(absl::Time now) {
    return Read([&](postgres::Transaction& tx) {
      return *stores_.appointments.List(tx, {Astrid().text(), now}, {100, 0, kGreatest});
    });
  }

 private:
  static void Require(const absl::Status& status) {
    if (!status.ok()) throw std::runtime_error(status.ToString());
  }

  bitrade::testing::Database database_;
  crypto::Keyring keyring_{{{"k1", std::string(32, 'k')}}};
  Stores stores_{keyring_};
  bitrade::testing::FakeIds ids_;
  int matters_ = 0;
};

inline std::vector<AppointmentId> IdsOf(const AppointmentPage& page) {
  std::vector<AppointmentId> ids;
  for (const Appointment& appointment : page.appointments) ids.push_back(appointment.id);
  return ids;
}

}  // namespace bitrade::appointments::testing
