#include "services/billing/cost_statements/convert.h"

#include <google/protobuf/util/field_mask_util.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/common/base/dates.h"
#include "services/common/base/formats.h"
#include "services/common/base/status_macros.h"
#include "services/common/error/id_field.h"
#include "services/common/rpc/timestamp.h"

namespace bitrade::billing {
namespace {

using google::protobuf::util::FieldMaskUtil;

constexpr size_t kLongestDiaryNumber = 40;

v1::CostStatement::AgencyState AgencyStateToProto(AgencyState state) {
  switch (state) {
    case AgencyState::kNone:
      return v1::CostStatement::AGENCY_STATE_UNSPECIFIED;
    case AgencyState::kReceived:
      return v1::CostStatement::RECEIVED;
    case AgencyState::kRegistered:
      return v1::CostStatement::REGISTERED;
  }
  return v1::CostStatement::AGENCY_STATE_UNSPECIFIED;
}

bool NamesInput(const std::string& path) {
  return (path == "input" || absl::StartsWith(path, "input.")) &&
         FieldMaskUtil::IsValidPath<v1::UpdateCostStatementRequest>(path);
}

}  // namespace

v1::CostStatement ToProto(const CostStatement& statement) {
  v1::CostStatement out;
  out.set_id(statement.id.text());
  out.set_appointment_id(statement.appointment.text());
  out.set_state(statement.state == State::kDraft ? v1::CostStatement::DRAFT
                                                 : v1::CostStatement::FILED);
  out.set_agency_state(AgencyStateToProto(statement.agency_state));
  out.set_diary_number(statement.diary_number);
  rpc::SetTime(statement.create_time, *out.mutable_create_time());
  rpc::SetTime(statement.update_time, *out.mutable_update_time());
  out.set_etag(absl::StrCat(statement.version));
  return out;
}

v1::Receipt ToProto(const Receipt& receipt) {
  v1::Receipt out;
  out.set_number(receipt.number);
  out.set_cost_statement_id(receipt.cost_statement.text());
  out.set_kind(receipt.kind == FilingKind::kSignature ? v1::Receipt::SIGNATURE
                                                      : v1::Receipt::CONFIRMATION);
  out.set_signature_id(receipt.signature_id);
  rpc::SetTime(receipt.received_time, *out.mutable_received_time());
  out.set_manifest_sha256(receipt.manifest_sha256);
  out.set_total_ore(receipt.total.value());
  return out;
}

absl::Status CheckInput(const v1::CreateCostStatementRequest& request) {
  Violations violations;
  if (!request.has_input()) violations.Add("input", "REQUIRED", "what is claimed");
  return violations.ToStatus();
}

absl::Status Merge(const v1::UpdateCostStatementRequest& changes, v1::CalculationInput& stored) {
  Violations violations;
  for (const std::string& path : changes.update_mask().paths()) {
    if (!NamesInput(path)) violations.Add("update_mask", "UNKNOWN", "members of input");
  }
  RETURN_IF_ERROR(violations.ToStatus());
  FieldMaskUtil::MergeOptions replace;
  replace.set_replace_message_fields(true);
  replace.set_replace_repeated_fields(true);
  v1::UpdateCostStatementRequest merged;
  merged.mutable_input()->Swap(&stored);
  FieldMaskUtil::MergeMessageTo(changes, changes.update_mask(), replace, &merged);
  stored.Swap(merged.mutable_input());
  return absl::OkStatus();
}

void FillIn(const TaxFacts& facts, absl::CivilDay filing_date, v1::CalculationInput& input) {
  input.set_f_tax(facts.f_tax);
  input.set_vat(facts.vat);
  input.set_filing_date(FormatDate(filing_date));
  for (v1::Disbursement& outlay : *input.mutable_disbursements()) {
    if (!outlay.has_taxable()) outlay.set_taxable(true);
  }
}

absl::StatusOr<CostStatementId> FromProto(const v1::AcknowledgeRequest& request) {
  Violations violations;
  auto id = IdFrom<CostStatementId>(request.cost_statement_id(), "cost_statement_id", violations);
  if (!IsSha256(request.manifest_sha256())) {
    violations.Add("manifest_sha256", "MALFORMED", "64 lower-case hexadecimal digits");
  }
  if (request.diary_number().empty()) {
    violations.Add("diary_number", "REQUIRED", "the number under which it is registered");
  } else if (!IsLine(request.diary_number(), kLongestDiaryNumber)) {
    violations.Add("diary_number", "MALFORMED", "1 to 40 characters in one line");
  }
  RETURN_IF_ERROR(violations.ToStatus());
  return id;
}

}  // namespace bitrade::billing
