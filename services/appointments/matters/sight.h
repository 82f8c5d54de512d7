// What a new fact in a matter means for the appointments in it, in the fact's own transaction.
#pragma once

#include "services/appointments/domain/applicant.h"
#include "services/appointments/stores.h"
#include "services/common/rpc/use_case.h"

namespace bitrade::appointments {

// Computes the ends of the applicant's appointments anew from the decisions; what has moved gets a
// new version and is told. Precondition: the matter is locked.
void MoveEndsOf(rpc::Changing& changing, Stores& stores, const ApplicantId& applicant);

// Gives the applicant's appointments a new version, because what they show has gone. Precondition:
// the matter is locked.
void TellProtection(rpc::Changing& changing, Stores& stores, const ApplicantId& applicant);

}  // namespace bitrade::appointments
