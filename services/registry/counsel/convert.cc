#include "services/registry/counsel/convert.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "services/common/base/status_macros.h"
#include "services/common/rpc/timestamp.h"

namespace bitrade::registry {
namespace {

v1::Counsel::Qualification QualificationToProto(Qualification qualification) {
  switch (qualification) {
    case Qualification::kAdvocate:
      return v1::Counsel::ADVOCATE;
    case Qualification::kAssociate:
      return v1::Counsel::ASSOCIATE;
    case Qualification::kOtherLawyer:
      return v1::Counsel::OTHER_LAWYER;
  }
  return v1::Counsel::QUALIFICATION_UNSPECIFIED;
}

std::optional<Qualification> QualificationFromProto(v1::Counsel::Qualification qualification) {
  switch (qualification) {
    case v1::Counsel::ADVOCATE:
      return Qualification::kAdvocate;
    case v1::Counsel::ASSOCIATE:
      return Qualification::kAssociate;
    case v1::Counsel::OTHER_LAWYER:
      return Qualification::kOtherLawyer;
    default:
      return std::nullopt;
  }
}

v1::Counsel::Listing ListingToProto(Listing listing) {
  switch (listing) {
    case Listing::kListed:
      return v1::Counsel::LISTED;
    case Listing::kOnRequestOnly:
      return v1::Counsel::ON_REQUEST_ONLY;
    case Listing::kRemoved:
      return v1::Counsel::REMOVED;
    case Listing::kIneligible:
      return v1::Counsel::INELIGIBLE;
  }
  return v1::Counsel::LISTING_UNSPECIFIED;
}

// A new entry is listed unless it says otherwise.
std::optional<Listing> NewListing(v1::Counsel::Listing listing) {
  switch (listing) {
    case v1::Counsel::LISTING_UNSPECIFIED:
    case v1::Counsel::LISTED:
      return Listing::kListed;
    case v1::Counsel::ON_REQUEST_ONLY:
      return Listing::kOnRequestOnly;
    default:
      return std::nullopt;
  }
}

CounselDetails DetailsFrom(const v1::Counsel& in, Qualification qualification) {
  return {.name = in.name(),
          .qualification = qualification,
          .workplace = {.street = in.workplace().street(),
                        .postal_code = in.workplace().postal_code(),
                        .city = in.workplace().city()},
          .phone = in.phone(),
          .email = in.email(),
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
  out.set_qualification(QualificationToProto(details.qualification));
  out.set_listing(ListingToProto(counsel.listing));
  out.mutable_workplace()->set_street(details.workplace.street);
  out.mutable_workplace()->set_postal_code(details.workplace.postal_code);
  out.mutable_workplace()->set_city(details.workplace.city);
  out.set_phone(details.phone);
  out.set_email(details.email);
  out.mutable_languages()->Add(details.languages.begin(), details.languages.end());
  out.set_f_tax(details.f_tax);
  out.set_vat_number(details.vat_number);
  rpc::SetTime(counsel.create_time, *out.mutable_create_time());
  rpc::SetTime(counsel.update_time, *out.mutable_update_time());
  out.set_etag(absl::StrCat(counsel.version));
  return out;
}

v1::CounselFacts ToFacts(const Counsel& counsel) {
  v1::CounselFacts out;
  out.set_counsel_id(counsel.id.text());
  out.set_version(counsel.version);
  out.set_listing(ListingToProto(counsel.listing));
  out.set_f_tax(counsel.details.f_tax);
  out.set_vat_registered(!counsel.details.vat_number.empty());
  return out;
}

absl::StatusOr<NewEntry> FromProto(const v1::RegisterCounselRequest& request) {
  const auto qualification = QualificationFromProto(request.counsel().qualification());
  const auto listing = NewListing(request.listing());
  const CounselDetails details =
      DetailsFrom(request.counsel(), qualification.value_or(Qualification::kAdvocate));
  Violations violations = FaultsOf(details);
  if (request.identity_number().empty()) {
    violations.Add("identity_number", "REQUIRED", "personnummer or samordningsnummer, 12 digits");
  }
  if (!qualification) {
    violations.Add("counsel.qualification", "UNKNOWN", "ADVOCATE, ASSOCIATE or OTHER_LAWYER");
  }
  if (!listing) violations.Add("listing", "UNKNOWN", "LISTED or ON_REQUEST_ONLY");
  RETURN_IF_ERROR(violations.ToStatus());
  return NewEntry{details, *listing};
}

}  // namespace bitrade::registry
