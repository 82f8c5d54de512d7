#include "services/registry/counsel/convert.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/common/base/status_macros.h"
#include "services/common/rpc/timestamp.h"

namespace bitrade::registry {
namespace {

constexpr std::pair<Qualification, v1::Counsel::Qualification> kQualifications[] = {
    {Qualification::kAdvocate, v1::Counsel::ADVOCATE},
    {Qualification::kAssociate, v1::Counsel::ASSOCIATE},
    {Qualification::kOtherLawyer, v1::Counsel::OTHER_LAWYER}};

constexpr std::pair<Listing, v1::Counsel::Listing> kListings[] = {
    {Listing::kListed, v1::Counsel::LISTED},
    {Listing::kOnRequestOnly, v1::Counsel::ON_REQUEST_ONLY},
    {Listing::kRemoved, v1::Counsel::REMOVED},
    {Listing::kIneligible, v1::Counsel::INELIGIBLE}};

constexpr std::pair<ProtectionLevel, v1::Counsel::ProtectionLevel> kLevels[] = {
    {ProtectionLevel::kUnprotected, v1::Counsel::UNPROTECTED},
    {ProtectionLevel::kSecrecyMarker, v1::Counsel::SECRECY_MARKER},
    {ProtectionLevel::kProtectedRegistration, v1::Counsel::PROTECTED_REGISTRATION},
    {ProtectionLevel::kAssumedIdentity, v1::Counsel::ASSUMED_IDENTITY}};

// The wire's word for `value`; every value has one.
template <typename Ours, typename Wire, size_t count>
Wire ToWire(const std::pair<Ours, Wire> (&table)[count], Ours value) {
  const auto* found = std::find_if(std::begin(table), std::end(table),
                                   [value](const auto& row) { return row.first == value; });
  return found->second;
}

// Nothing for a word that is missing or unknown.
template <typename Ours, typename Wire, size_t count>
std::optional<Ours> FromWire(const std::pair<Ours, Wire> (&table)[count], Wire word) {
  const auto* found = std::find_if(std::begin(table), std::end(table),
                                   [word](const auto& row) { return row.second == word; });
  return found == std::end(table) ? std::nullopt : std::optional(found->first);
}

// A new entry is listed unless it says otherwise, and nobody is entered as removed or ineligible.
std::optional<Listing> NewListing(v1::Counsel::Listing word) {
  if (word == v1::Counsel::LISTING_UNSPECIFIED) return Listing::kListed;
  const std::optional<Listing> listing = FromWire(kListings, word);
  return listing == Listing::kListed || listing == Listing::kOnRequestOnly ? listing : std::nullopt;
}

// Nothing when no part of it is there.
std::optional<Contact> ContactFrom(const v1::Counsel& in) {
  if (!in.has_workplace() && in.phone().empty() && in.email().empty()) return std::nullopt;
  return Contact{.workplace = {.street = in.workplace().street(),
                               .postal_code = in.workplace().postal_code(),
                               .city = in.workplace().city()},
                 .phone = in.phone(),
                 .email = in.email()};
}

void ContactToProto(const Contact& contact, v1::Counsel& out) {
  out.mutable_workplace()->set_street(contact.workplace.street);
  out.mutable_workplace()->set_postal_code(contact.workplace.postal_code);
  out.mutable_workplace()->set_city(contact.workplace.city);
  out.set_phone(contact.phone);
  out.set_email(contact.email);
}

CounselDetails DetailsFrom(const v1::Counsel& in, Qualification qualification,
                           ProtectionLevel protection) {
  return {.name = in.name(),
          .qualification = qualification,
          .protection = protection,
          .contact = ContactFrom(in),
          .agency_channel = in.agency_channel(),
          .languages = {in.languages().begin(), in.languages().end()},
          .f_tax = in.f_tax(),
          .vat_number = in.vat_number()};
}

}  // namespace

v1::Counsel ToProto(const Counsel& counsel) {
  const CounselDetails& details = counsel.details;
  v1::Counsel out;
  out.set_id(counsel.id.text());
  out.set_name(details.name);
  out.set_qualification(ToWire(kQualifications, details.qualification));
  out.set_listing(ToWire(kListings, counsel.listing));
  out.set_protection_level(ToWire(kLevels, details.protection));
  if (details.contact) ContactToProto(*details.contact, out);
  out.set_agency_channel(details.agency_channel);
  out.mutable_languages()->Add(details.languages.begin(), details.languages.end());
  out.set_f_tax(details.f_tax);
  out.set_vat_number(details.vat_number);
  rpc::SetTime(counsel.create_time, *out.mutable_create_time());
  rpc::SetTime(counsel.update_time, *out.mutable_update_time());
  out.set_etag(absl::StrCat(counsel.version));
  return out;
}

v1::Counsel ToEntry(const Counsel& counsel) {
  Counsel entry = counsel;
  entry.details.contact.reset();
  return ToProto(entry);
}

v1::CounselFacts ToFacts(const Counsel& counsel) {
  v1::CounselFacts out;
  out.set_counsel_id(counsel.id.text());
  out.set_version(counsel.version);
  out.set_listing(ToWire(kListings, counsel.listing));
  out.set_f_tax(counsel.details.f_tax);
  out.set_vat_registered(!counsel.details.vat_number.empty());
  return out;
}

absl::StatusOr<NewEntry> FromProto(const v1::RegisterCounselRequest& request) {
  const auto qualification = FromWire(kQualifications, request.counsel().qualification());
  // Said in so many words or not at all: an omission never unprotects anybody.
  const auto protection = FromWire(kLevels, request.counsel().protection_level());
  const auto listing = NewListing(request.listing());
  const CounselDetails details =
      DetailsFrom(request.counsel(), qualification.value_or(Qualification::kAdvocate),
                  protection.value_or(ProtectionLevel::kUnprotected));
  RETURN_IF_ERROR(CheckProtection(details));
  Violations violations = FaultsOf(details);
  if (request.identity_number().empty()) {
    violations.Add("identity_number", "REQUIRED", "personnummer or samordningsnummer, 12 digits");
  }
  if (!qualification) {
    violations.Add("counsel.qualification", "UNKNOWN", "ADVOCATE, ASSOCIATE or OTHER_LAWYER");
  }
  if (!protection) {
    violations.Add("counsel.protection_level", "REQUIRED", "UNPROTECTED or a level above it");
  }
  if (!listing) violations.Add("listing", "UNKNOWN", "LISTED or ON_REQUEST_ONLY");
  RETURN_IF_ERROR(violations.ToStatus());
  return NewEntry{details, *listing};
}

}  // namespace bitrade::registry
