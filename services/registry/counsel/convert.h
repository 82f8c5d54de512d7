// Counsel between the domain and the wire.
#pragma once

#include "absl/status/statusor.h"
#include "bitrade/registry/v1/counsel.pb.h"
#include "bitrade/registry/v1/counsel_agency_service.pb.h"
#include "bitrade/registry/v1/counsel_service.pb.h"
#include "services/registry/domain/counsel.h"

namespace bitrade::registry {

// What a case system enters into the register.
struct NewEntry {
  CounselDetails details;
  Listing listing = Listing::kListed;
};

// Returns the wire form of a counsel's record.
v1::Counsel ToProto(const Counsel& counsel);

// Returns the same without workplace, phone and e-mail: what a case system is answered, since the
// answer to a source id is remembered for ever and a raised protection erases.
v1::Counsel ToEntry(const Counsel& counsel);

// Returns what appointments and billing may know of a counsel: no personal data.
v1::CounselFacts ToFacts(const Counsel& counsel);

// Returns the entry that a case system describes. What only the register sets is ignored.
//
// Errors: PROTECTED_WORKPLACE_REFUSED before anything else; INVALID_REQUEST with all faults.
absl::StatusOr<NewEntry> FromProto(const v1::RegisterCounselRequest& request);

}  // namespace bitrade::registry
