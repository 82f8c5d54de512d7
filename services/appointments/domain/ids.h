// The kinds of things that appointments names.
#pragma once

#include "services/common/base/id.h"

namespace bitrade::appointments {

using MatterId = Id<struct MatterTag>;
using ApplicantId = Id<struct ApplicantTag>;
using DecisionId = Id<struct DecisionTag>;
using AppointmentId = Id<struct AppointmentTag>;
using ConflictId = Id<struct ConflictTag>;
using FlagId = Id<struct FlagTag>;
using PartyId = Id<struct PartyTag>;
// The id that identity gave the person.
using CounselId = Id<struct CounselTag>;
// The same of a person who is or may become a delegate.
using PersonId = Id<struct PersonTag>;
// The id that registry gave it.
using DelegationId = Id<struct DelegationTag>;

}  // namespace bitrade::appointments
