#include "services/registry/domain/counsel.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "services/common/base/formats.h"
#include "services/common/base/names.h"

namespace bitrade::registry {
namespace {

constexpr std::array<std::pair<Qualification, const char*>, 3> kQualifications{
    {{Qualification::kAdvocate, "ADVOCATE"},
     {Qualification::kAssociate, "ASSOCIATE"},
     {Qualification::kOtherLawyer, "OTHER_LAWYER"}}};

constexpr std::array<std::pair<Listing, const char*>, 4> kListings{
    {{Listing::kListed, "LISTED"},
     {Listing::kOnRequestOnly, "ON_REQUEST_ONLY"},
     {Listing::kRemoved, "REMOVED"},
     {Listing::kIneligible, "INELIGIBLE"}}};

constexpr std::array<std::pair<ProtectionLevel, const char*>, 4> kLevels{
    {{ProtectionLevel::kUnprotected, "UNPROTECTED"},
     {ProtectionLevel::kSecrecyMarker, "SECRECY_MARKER"},
     {ProtectionLevel::kProtectedRegistration, "PROTECTED_REGISTRATION"},
     {ProtectionLevel::kAssumedIdentity, "ASSUMED_IDENTITY"}}};

constexpr size_t kMaxName = 200;
constexpr size_t kMaxStreet = 200;
constexpr size_t kMaxCity = 100;
constexpr size_t kMaxChannel = 200;
constexpr size_t kMaxLanguages = 30;

void CheckWorkplace(const Address& workplace, Violations& violations) {
  if (!IsLine(workplace.street, kMaxStreet)) {
    violations.Add("counsel.workplace.street", "MALFORMED", "1 to 200 characters in one line");
  }
  if (!IsDigits(workplace.postal_code, 5) || workplace.postal_code[0] == '0') {
    violations.Add("counsel.workplace.postal_code", "MALFORMED", "five digits, the first not 0");
  }
  if (!IsLine(workplace.city, kMaxCity)) {
    violations.Add("counsel.workplace.city", "MALFORMED", "1 to 100 characters in one line");
  }
}

void CheckContact(const std::optional<Contact>& contact, Violations& violations) {
  if (!contact) {
    violations.Add("counsel.workplace", "REQUIRED", "where an unprotected counsel is found");
    return;
  }
  CheckWorkplace(contact->workplace, violations);
  if (!IsE164(contact->phone)) {
    violations.Add("counsel.phone", "MALFORMED", "E.164, as +46812345678");
  }
  if (!IsEmail(contact->email)) {
    violations.Add("counsel.email", "MALFORMED", "an e-mail address");
  }
}

void CheckChannel(const CounselDetails& details, Violations& violations) {
  const bool needed = details.protection != ProtectionLevel::kUnprotected;
  if (details.agency_channel.empty()) {
    if (needed) {
      violations.Add("counsel.agency_channel", "REQUIRED", "the only way to a protected counsel");
    }
  } else if (!IsLine(details.agency_channel, kMaxChannel)) {
    violations.Add("counsel.agency_channel", "MALFORMED", "1 to 200 characters in one line");
  }
}

void CheckLanguages(const std::vector<std::string>& languages, Violations& violations) {
  const std::set<std::string> distinct(languages.begin(), languages.end());
  if (languages.size() > kMaxLanguages || distinct.size() != languages.size() ||
      !std::all_of(languages.begin(), languages.end(),
                   [](const std::string& code) { return IsLanguageCode(code); })) {
    violations.Add("counsel.languages", "MALFORMED", "at most 30 ISO 639-1 codes, each once");
  }
}

}  // namespace

absl::string_view QualificationName(Qualification qualification) {
  return NameIn(kQualifications, qualification);
}

Qualification ParseQualification(absl::string_view name) { return ValueIn(kQualifications, name); }

absl::string_view ListingName(Listing listing) { return NameIn(kListings, listing); }

Listing ParseListing(absl::string_view name) { return ValueIn(kListings, name); }

absl::string_view ProtectionName(ProtectionLevel level) { return NameIn(kLevels, level); }

ProtectionLevel ParseProtection(absl::string_view name) { return ValueIn(kLevels, name); }

absl::Status CheckProtection(const CounselDetails& details) {
  if (details.protection == ProtectionLevel::kUnprotected || !details.contact) {
    return absl::OkStatus();
  }
  return Refuse(kProtectedWorkplaceRefused);
}

Violations FaultsOf(const CounselDetails& details) {
  Violations violations;
  if (!IsLine(details.name, kMaxName)) {
    violations.Add("counsel.name", "MALFORMED", "1 to 200 characters in one line");
  }
  if (details.protection == ProtectionLevel::kUnprotected) {
    CheckContact(details.contact, violations);
  }
  CheckChannel(details, violations);
  CheckLanguages(details.languages, violations);
  if (!details.vat_number.empty() && !IsVatNumber(details.vat_number)) {
    violations.Add("counsel.vat_number", "MALFORMED",
                   "SE, ten digits with check digit, two digits");
  }
  return violations;
}

bool IsVatNumber(absl::string_view text) {
  return text.size() == 14 && absl::StartsWith(text, "SE") && IsDigits(text.substr(2), 12) &&
         HasLuhnDigit(text.substr(2, 10));
}

}  // namespace bitrade::registry
