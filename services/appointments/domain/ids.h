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
// The id that identity gave the person.
using CounselId = Id<struct CounselTag>;

}  // namespace bitrade::appointments
