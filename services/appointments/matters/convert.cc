#include "services/appointments/matters/convert.h"

#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/appointments/applicants/convert.h"
#include "services/appointments/wire.h"
#include "services/common/base/status_macros.h"
#include "services/common/rpc/timestamp.h"

namespace bitrade::appointments {
namespace {

constexpr std::array<std::pair<Handling, v1::Handling>, 2> kHandlings{
    {{Handling::kDigital, v1::DIGITAL}, {Handling::kPaper, v1::PAPER}}};

}  // namespace

v1::Matter ToProto(const Matter& matter) {
  v1::Matter out;
  out.set_id(matter.id.text());
  out.set_matter_number(matter.number);
  out.set_category(matter.category);
  out.set_authority(matter.authority);
  out.set_instance(matter.instance);
  out.set_handling(ToWire(kHandlings, matter.handling));
  for (const Applicant& applicant : matter.applicants) {
    v1::Applicant& told = *out.add_applicants();
    ToProto(applicant, told);
    told.clear_contact();
  }
  rpc::SetTime(matter.create_time, *out.mutable_create_time());
  return out;
}

absl::StatusOr<MatterDetails> FromProto(const v1::RegisterMatterRequest& request) {
  Violations violations;
  MatterDetails details{.number = request.matter_number(),
                        .category = request.category(),
                        .authority = request.authority(),
                        .instance = request.instance(),
                        .handling = FromWire(kHandlings, request.handling(), Handling::kDigital,
                                             "handling", violations),
                        .applicants = {}};
  for (int i = 0; i < request.applicants_size(); ++i) {
    details.applicants.push_back(
        FromProto(request.applicants(i), absl::StrCat("applicants[", i, "]"), violations));
  }
  RETURN_IF_ERROR(violations.ToStatus());
  return details;
}

absl::StatusOr<NewProtection> FromProto(const v1::RaiseProtectionRequest& request) {
  Violations violations;
  NewProtection protection{
      .applicant = IdFrom<ApplicantId>(request.applicant_id(), "applicant_id", violations),
      .level = LevelFrom(request.protection_level(), "protection_level", violations),
      .agency_channel = request.agency_channel()};
  RETURN_IF_ERROR(violations.ToStatus());
  return protection;
}

}  // namespace bitrade::appointments
