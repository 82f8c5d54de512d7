// Rates between the domain and the wire.
#pragma once

#include "bitrade/billing/v1/calculation_service.pb.h"
#include "services/billing/domain/rates.h"

namespace bitrade::billing {

// Returns the wire form of a rate.
v1::CompensationRate ToProto(const Rate& rate);

}  // namespace bitrade::billing
