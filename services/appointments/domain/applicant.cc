#include "services/appointments/domain/applicant.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/common/base/formats.h"
#include "services/common/base/names.h"
#include "services/common/base/status_macros.h"

namespace bitrade::appointments {
namespace {

constexpr std::array<std::pair<ProtectionLevel, const char*>, 4> kLevels{
    {{ProtectionLevel::kUnprotected, "UNPROTECTED"},
     {ProtectionLevel::kSecrecyMarker, "SECRECY_MARKER"},
     {ProtectionLevel::kProtectedRegistration, "PROTECTED_REGISTRATION"},
     {ProtectionLevel::kAssumedIdentity, "ASSUMED_IDENTITY"}}};

constexpr size_t kMaxName = 200;
constexpr size_t kMaxAddress = 300;
constexpr size_t kMaxChannel = 200;
constexpr size_t kMaxCodes = 20;
constexpr size_t kMaxIdentifiers = 20;

// Faults of one part of a request, told with the path that leads to it.
class Faults {
 public:
  Faults(absl::string_view path, Violations& violations) : path_(path), violations_(violations) {}
  void Add(absl::string_view field, absl::string_view code, absl::string_view detail) {
    violations_.Add(absl::StrCat(path_, ".", field), code, detail);
  }

 private:
  const std::string path_;
  Violations& violations_;
};

bool AreDistinct(const std::vector<std::string>& codes, bool (*is_code)(absl::string_view)) {
  const std::set<std::string> distinct(codes.begin(), codes.end());
  return codes.size() <= kMaxCodes && distinct.size() == codes.size() &&
         std::all_of(codes.begin(), codes.end(),
                     [is_code](const std::string& code) { return is_code(code); });
}

void CheckContact(const Contact& contact, Faults& faults) {
  if (!contact.address.empty() && !IsLine(contact.address, kMaxAddress)) {
    faults.Add("contact.address", "MALFORMED", "1 to 300 characters in one line");
  }
  if (!contact.phone.empty() && !IsE164(contact.phone)) {
    faults.Add("contact.phone", "MALFORMED", "E.164, as +46701740605");
  }
  if (!contact.email.empty() && !IsEmail(contact.email)) {
    faults.Add("contact.email", "MALFORMED", "an e-mail address");
  }
}

void CheckChannel(const ApplicantDetails& details, Faults& faults) {
  if (details.agency_channel.empty()) {
    if (details.protection != ProtectionLevel::kUnprotected) {
      faults.Add("agency_channel", "REQUIRED", "the only way to a protected person");
    }
  } else if (!IsLine(details.agency_channel, kMaxChannel)) {
    faults.Add("agency_channel", "MALFORMED", "1 to 200 characters in one line");
  }
}

void CheckIdentifiers(const std::vector<Identifier>& identifiers, absl::CivilDay today,
                      Faults& faults) {
  if (identifiers.size() > kMaxIdentifiers) faults.Add("identifiers", "TOO_MANY", "at most 20");
  for (size_t index = 0; index < identifiers.size(); ++index) {
    if (!IsIdentifier(identifiers[index], today)) {
      faults.Add(absl::StrCat("identifiers[", index, "]"), "MALFORMED",
                 "a known type and a value of its format");
    }
  }
}

}  // namespace

absl::string_view ProtectionName(ProtectionLevel level) { return NameIn(kLevels, level); }

ProtectionLevel ParseProtection(absl::string_view name) { return ValueIn(kLevels, name); }

absl::Status CheckProtection(const ApplicantDetails& details) {
  if (details.protection == ProtectionLevel::kUnprotected || !details.contact)
    return absl::OkStatus();
  return Refuse(kProtectedContactRefused);
}

absl::StatusOr<ApplicantDetails> RaiseProtection(ApplicantDetails details, ProtectionLevel level,
                                                 absl::string_view channel) {
  Violations violations;
  if (level == ProtectionLevel::kUnprotected || level < details.protection) {
    violations.Add("protection_level", "OUT_OF_RANGE", "a level not below the present one");
  }
  if (!IsLine(channel, kMaxChannel)) {
    violations.Add("agency_channel", channel.empty() ? "REQUIRED" : "MALFORMED",
                   "1 to 200 characters in one line");
  }
  RETURN_IF_ERROR(violations.ToStatus());
  details.protection = level;
  details.contact.reset();
  details.agency_channel = std::string(channel);
  return details;
}

void CheckApplicant(const ApplicantDetails& details, absl::string_view field, absl::CivilDay today,
                    Violations& violations) {
  Faults faults(field, violations);
  if (!IsLine(details.name, kMaxName))
    faults.Add("name", "MALFORMED", "1 to 200 characters in one line");
  if (details.birth_date && *details.birth_date > today)
    faults.Add("birth_date", "OUT_OF_RANGE", "not in the future");
  if (!AreDistinct(details.citizenships, IsCountryCode)) {
    faults.Add("citizenships", "MALFORMED", "at most 20 ISO 3166-1 alpha-2 codes, each once");
  }
  if (!AreDistinct(details.languages, IsLanguageCode)) {
    faults.Add("languages", "MALFORMED", "at most 20 ISO 639-1 codes, each once");
  }
  if (details.contact) CheckContact(*details.contact, faults);
  CheckChannel(details, faults);
  CheckIdentifiers(details.identifiers, today, faults);
}

}  // namespace bitrade::appointments
