// Cost statements between the domain and the wire.
#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "bitrade/billing/v1/cost_statement.pb.h"
#include "bitrade/billing/v1/cost_statement_agency_service.pb.h"
#include "bitrade/billing/v1/cost_statement_service.pb.h"
#include "services/billing/domain/claim.h"
#include "services/billing/domain/cost_statement.h"

namespace bitrade::billing {

// Returns the wire form of a statement's life; input, result and transitions are the caller's to
// set.
v1::CostStatement ToProto(const CostStatement& statement);

// Returns the wire form of a receipt.
v1::Receipt ToProto(const Receipt& receipt);

// Checks that a new draft has an input. Errors: INVALID_REQUEST.
absl::Status CheckInput(const v1::CreateCostStatementRequest& request);

// Sets or clears in `stored` what the update mask names; lists are replaced whole.
// Errors: INVALID_REQUEST for a mask that names anything but members of `input`.
absl::Status Merge(const v1::UpdateCostStatementRequest& changes, v1::CalculationInput& stored);

// Fills in what the service says of a claim, not its counsel: the register's facts and the day
// whose rates count; and spells out what an absent member means.
void FillIn(const TaxFacts& facts, absl::CivilDay filing_date, v1::CalculationInput& input);

// Returns the statement that a case system acknowledges. Errors: INVALID_REQUEST.
absl::StatusOr<CostStatementId> FromProto(const v1::AcknowledgeRequest& request);

}  // namespace bitrade::billing
