// The life of a cost statement (Swedish: kostnadsräkning): DRAFT → FILED, then RECEIVED →
// REGISTERED on the agency's side; what makes it complete, and the manifest that its receipt
// vouches for.
//
// Source: rättshjälpsförordningen (1997:404) 20 §, by förordningen (1997:405) 6 §.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/billing/domain/calculation.h"
#include "services/billing/domain/claim.h"
#include "services/common/base/id.h"
#include "services/common/error/error.h"

namespace bitrade::billing {

using CostStatementId = Id<struct CostStatementTag>;
using AppointmentId = Id<struct AppointmentTag>;
using CounselId = Id<struct CounselTag>;

enum class State { kDraft, kFiled };
// What the agency has made of it; nothing while it is a draft.
enum class AgencyState { kNone, kReceived, kRegistered };

// Returns DRAFT or FILED. Precondition of Parse: such a name.
absl::string_view StateName(State state);
State ParseState(absl::string_view name);
// Returns RECEIVED, REGISTERED, or "" for none.
absl::string_view AgencyStateName(AgencyState state);
AgencyState ParseAgencyState(absl::string_view name);

// Who has a statement in hand: a delegate prepares, the counsel gives in.
enum class Hand { kCounsel, kDelegate };

// Everything but what is claimed.
struct CostStatement {
  CostStatementId id;
  AppointmentId appointment;
  CounselId counsel;
  State state = State::kDraft;
  AgencyState agency_state = AgencyState::kNone;
  std::string diary_number;  // empty until REGISTERED
  int64_t version = 1;
  absl::Time create_time, update_time;
};

// By what a filing is vouched for: a signature of the draft, a log-in for it alone after it was
// shown, or, in development, the session that was running. The last two are confirmations.
enum class FilingKind { kSignature, kConfirmation, kSession };

// What the counsel gets for a filing (Swedish: kvittens).
struct Receipt {
  std::string number;  // "BT-2026-00000001"
  FilingKind kind = FilingKind::kSession;
  std::string signature_id;  // "" where the session vouches
  CostStatementId cost_statement;
  absl::Time received_time;
  std::string manifest_sha256;  // lower-case hexadecimal
  Ore total;
};

extern const Reason kCostStatementNotDraft;
extern const Reason kCostStatementIncomplete;
extern const Reason kCostStatementNotFiled;
extern const Reason kDigestMismatch;
extern const Reason kDiaryNumberDiffers;

// Checks that the caller has read the present version; `etag` is its number. Errors: ETAG_MISMATCH.
absl::Status CheckVersion(const CostStatement& statement, absl::string_view etag);

// Refuses to change, delete or file what is filed. Errors: COST_STATEMENT_NOT_DRAFT.
absl::Status CheckDraft(const CostStatement& statement);

// Checks what a filing must hold: instance, beginning of the work, something claimed, and the text
// of each measure that is not routine. Errors: COST_STATEMENT_INCOMPLETE, naming what is missing.
// Source: rättshjälpsförordningen (1997:404) 20 §.
absl::Status CheckComplete(const Claim& claim);

// Makes the next version of a draft. Errors: COST_STATEMENT_NOT_DRAFT.
absl::Status Change(CostStatement& statement, absl::Time now);

// Makes a draft FILED and RECEIVED. Errors: COST_STATEMENT_NOT_DRAFT.
absl::Status File(CostStatement& statement, absl::Time now);

// Enters that the agency has stored the statement with this digest. Returns whether anything
// changed: the same again does not. Errors: COST_STATEMENT_NOT_FILED, DIGEST_MISMATCH,
// DIARY_NUMBER_DIFFERS.
absl::StatusOr<bool> Register(CostStatement& statement, const Receipt& receipt,
                              absl::string_view manifest_sha256, absl::string_view diary_number,
                              absl::Time now);

// Returns the names of the RPCs by which the counsel or her delegate can change the statement now.
std::vector<std::string> Transitions(const CostStatement& statement, Hand hand);

// Returns what other services may know of a statement: ids and states.
std::map<std::string, std::string> EventData(const CostStatement& statement);

// Returns "BT-<year>-<eight digits>".
std::string ReceiptNumber(int64_t year, int64_t serial);

}  // namespace bitrade::billing
