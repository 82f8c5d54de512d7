#include "services/appointments/applicants/convert.h"

#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/appointments/wire.h"

namespace bitrade::appointments {
namespace {

constexpr std::array<std::pair<ProtectionLevel, v1::ProtectionLevel>, 4> kLevels{
    {{ProtectionLevel::kUnprotected, v1::UNPROTECTED},
     {ProtectionLevel::kSecrecyMarker, v1::SECRECY_MARKER},
     {ProtectionLevel::kProtectedRegistration, v1::PROTECTED_REGISTRATION},
     {ProtectionLevel::kAssumedIdentity, v1::ASSUMED_IDENTITY}}};

Contact ContactFrom(const v1::Contact& in) {
  return {.address = in.address(), .phone = in.phone(), .email = in.email()};
}

std::vector<Identifier> IdentifiersFrom(const v1::Applicant& in, absl::string_view field,
                                        Violations& violations) {
  std::vector<Identifier> identifiers;
  for (int i = 0; i < in.identifiers_size(); ++i) {
    const v1::Identifier& one = in.identifiers(i);
    const std::string path = absl::StrCat(field, ".identifiers[", i, "].valid_from_date");
    identifiers.push_back({.type = one.type(),
                           .value = one.value(),
                           .valid_from = DayIfAny(one.valid_from_date(), path, violations)});
  }
  return identifiers;
}

}  // namespace

void ToProto(Applicant applicant, v1::Applicant& out) {
  ApplicantDetails& details = applicant.details;
  out.set_id(applicant.id.text());
  out.set_name(std::move(details.name));
  if (details.birth_date) out.set_birth_date(FormatDate(*details.birth_date));
  for (std::string& country : details.citizenships) out.add_citizenships(std::move(country));
  for (std::string& language : details.languages) out.add_languages(std::move(language));
  out.set_protection_level(ToWire(kLevels, details.protection));
  if (details.contact) {
    out.mutable_contact()->set_address(std::move(details.contact->address));
    out.mutable_contact()->set_phone(std::move(details.contact->phone));
    out.mutable_contact()->set_email(std::move(details.contact->email));
  }
  out.set_agency_channel(std::move(details.agency_channel));
}

ApplicantDetails FromProto(const v1::Applicant& in, absl::string_view field,
                           Violations& violations) {
  ApplicantDetails details{
      .name = in.name(),
      .birth_date = DayIfAny(in.birth_date(), absl::StrCat(field, ".birth_date"), violations),
      .citizenships = {in.citizenships().begin(), in.citizenships().end()},
      .languages = {in.languages().begin(), in.languages().end()},
      .protection =
          LevelFrom(in.protection_level(), absl::StrCat(field, ".protection_level"), violations),
      .contact = std::nullopt,
      .agency_channel = in.agency_channel(),
      .identifiers = IdentifiersFrom(in, field, violations)};
  if (in.has_contact()) details.contact = ContactFrom(in.contact());
  return details;
}

ProtectionLevel LevelFrom(v1::ProtectionLevel level, absl::string_view field,
                          Violations& violations) {
  return FromWire(kLevels, level, ProtectionLevel::kUnprotected, field, violations);
}

}  // namespace bitrade::appointments
