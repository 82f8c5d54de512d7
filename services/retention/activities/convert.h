// Activities between the domain and the wire.
#pragma once

#include "bitrade/retention/v1/activity_service.pb.h"
#include "services/retention/domain/activity.h"

namespace bitrade::retention {

// Returns an activity as the counsel sees it: never who the delegate is (ADR 15).
v1::Activity ToProto(const Activity& activity);

}  // namespace bitrade::retention
