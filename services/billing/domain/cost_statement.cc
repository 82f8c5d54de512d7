#include "services/billing/domain/cost_statement.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "services/common/base/status_macros.h"

namespace bitrade::billing {

const Reason kCostStatementNotDraft{
    "COST_STATEMENT_NOT_DRAFT",
    absl::StatusCode::kFailedPrecondition,
    {"Already filed", "A filed cost statement can neither be changed, deleted nor filed again."},
    {"Redan inlämnad",
     "En inlämnad kostnadsräkning kan varken ändras, tas bort eller lämnas in igen."}};

const Reason kCostStatementIncomplete{
    "COST_STATEMENT_INCOMPLETE",
    absl::StatusCode::kFailedPrecondition,
    {"Cost statement incomplete", "Missing before the cost statement can be filed: {missing}."},
    {"Kostnadsräkningen är ofullständig",
     "Detta saknas innan kostnadsräkningen kan lämnas in: {missing}."}};

const Reason kCostStatementNotFiled{
    "COST_STATEMENT_NOT_FILED",
    absl::StatusCode::kFailedPrecondition,
    {"Not filed", "Only a filed cost statement can be acknowledged."},
    {"Inte inlämnad", "Bara en inlämnad kostnadsräkning kan kvitteras."}};

const Reason kDigestMismatch{
    "DIGEST_MISMATCH",
    absl::StatusCode::kFailedPrecondition,
    {"Digest differs", "What was stored is not what was filed: the SHA-256 digests differ."},
    {"Kontrollsumman stämmer inte",
     "Det som har lagrats är inte det som lämnades in: kontrollsummorna (SHA-256) skiljer sig."}};

const Reason kDiaryNumberDiffers{
    "DIARY_NUMBER_DIFFERS",
    absl::StatusCode::kFailedPrecondition,
    {"Registered already", "The cost statement is registered under another diary number."},
    {"Redan diarieförd", "Kostnadsräkningen är redan diarieförd under ett annat nummer."}};

absl::string_view StateName(State state) { return state == State::kDraft ? "DRAFT" : "FILED"; }

State ParseState(absl::string_view name) {
  return name == StateName(State::kDraft) ? State::kDraft : State::kFiled;
}

absl::string_view AgencyStateName(AgencyState state) {
  if (state == AgencyState::kNone) return "";
  return state == AgencyState::kReceived ? "RECEIVED" : "REGISTERED";
}

AgencyState ParseAgencyState(absl::string_view name) {
  if (name.empty()) return AgencyState::kNone;
  return name == AgencyStateName(AgencyState::kReceived) ? AgencyState::kReceived
                                                         : AgencyState::kRegistered;
}

absl::Status CheckVersion(const CostStatement& statement, absl::string_view etag) {
  return etag == absl::StrCat(statement.version) ? absl::OkStatus() : Refuse(kEtagMismatch);
}

absl::Status CheckDraft(const CostStatement& statement) {
  if (statement.state == State::kDraft) return absl::OkStatus();
  return Refuse(kCostStatementNotDraft);
}

absl::Status CheckComplete(const Claim& claim) {
  std::vector<std::string> missing;
  if (!claim.instance) missing.emplace_back("instance");
  if (!claim.work_began) missing.emplace_back("workBeganDate");
  if (claim.work.empty() && claim.time_loss.empty() && claim.outlays.empty() &&
      claim.mileage.empty()) {
    missing.emplace_back("work");
  }
  for (size_t i = 0; i < claim.work.size(); ++i) {
    const Measure& measure = claim.work[i];
    if (!measure.routine && measure.text.empty()) {
      missing.push_back(absl::StrCat("work[", i, "].text"));
    }
  }
  if (missing.empty()) return absl::OkStatus();
  return Refuse(kCostStatementIncomplete, {{"missing", absl::StrJoin(missing, ", ")}});
}

absl::Status Change(CostStatement& statement, absl::Time now) {
  RETURN_IF_ERROR(CheckDraft(statement));
  statement.update_time = now;
  ++statement.version;
  return absl::OkStatus();
}

absl::Status File(CostStatement& statement, absl::Time now) {
  RETURN_IF_ERROR(Change(statement, now));
  statement.state = State::kFiled;
  statement.agency_state = AgencyState::kReceived;
  return absl::OkStatus();
}

absl::StatusOr<bool> Register(CostStatement& statement, const Receipt& receipt,
                              absl::string_view manifest_sha256, absl::string_view diary_number,
                              absl::Time now) {
  if (statement.state != State::kFiled) return Refuse(kCostStatementNotFiled);
  if (manifest_sha256 != receipt.manifest_sha256) return Refuse(kDigestMismatch);
  if (statement.agency_state == AgencyState::kRegistered) {
    if (diary_number != statement.diary_number) return Refuse(kDiaryNumberDiffers);
    return false;
  }
  statement.agency_state = AgencyState::kRegistered;
  statement.diary_number = std::string(diary_number);
  statement.update_time = now;
  ++statement.version;
  return true;
}

std::vector<std::string> Transitions(const CostStatement& statement, Hand hand) {
  if (statement.state != State::kDraft) return {};
  std::vector<std::string> names = {"UpdateCostStatement", "DeleteCostStatement"};
  if (hand == Hand::kDelegate) return names;
  names.emplace_back("CreateSignatureRequest");
  names.emplace_back("FileCostStatement");
  return names;
}

std::map<std::string, std::string> EventData(const CostStatement& statement) {
  return {{"appointment_id", statement.appointment.text()},
          {"counsel_id", statement.counsel.text()},
          {"state", std::string(StateName(statement.state))},
          {"agency_state", std::string(AgencyStateName(statement.agency_state))}};
}

std::string ReceiptNumber(int64_t year, int64_t serial) {
  return absl::StrFormat("BT-%04d-%08d", year, serial);
}

}  // namespace bitrade::billing
