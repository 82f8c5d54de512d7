// The reasons that belong to no rule of one service.
#include "services/common/error/error.h"

namespace bitrade {

const Reason kInvalidRequest{
    "INVALID_REQUEST",
    absl::StatusCode::kInvalidArgument,
    {"Invalid request", "One or more fields of the request are not valid."},
    {"Felaktig begäran", "Ett eller flera fält i begäran är felaktiga."}};

const Reason kNotFound{
    "NOT_FOUND",
    absl::StatusCode::kNotFound,
    {"Not found", "What you asked for does not exist, or you may not see it."},
    {"Finns inte", "Det du frågade efter finns inte, eller så får du inte se det."}};

const Reason kUnauthenticated{"UNAUTHENTICATED",
                              absl::StatusCode::kUnauthenticated,
                              {"Not logged in", "Log in with an e-legitimation and try again."},
                              {"Inte inloggad", "Logga in med e-legitimation och försök igen."}};

const Reason kPermissionDenied{"PERMISSION_DENIED",
                               absl::StatusCode::kPermissionDenied,
                               {"Not allowed", "You may not do this."},
                               {"Inte tillåtet", "Du får inte göra detta."}};

const Reason kEtagMismatch{
    "ETAG_MISMATCH",
    absl::StatusCode::kAborted,
    {"Changed meanwhile", "Somebody has changed this since you read it. Read it again and retry."},
    {"Ändrad under tiden", "Någon har ändrat detta sedan du läste det. Läs om och försök igen."}};

const Reason kConflictRetry{
    "CONFLICT_RETRY",
    absl::StatusCode::kAborted,
    {"Try again", "Another change got in the way. Read again and retry."},
    {"Försök igen", "En annan ändring kom emellan. Läs om och försök igen."}};

const Reason kOverloaded{
    "OVERLOADED",
    absl::StatusCode::kResourceExhausted,
    {"Overloaded", "The service has too much to do. Try again in a moment."},
    {"Överlastad", "Tjänsten har för mycket att göra. Försök igen om en stund."}};

const Reason kUnavailable{
    "UNAVAILABLE",
    absl::StatusCode::kUnavailable,
    {"Temporarily unavailable", "A part of the service is down. Try again in a moment."},
    {"Tillfälligt otillgänglig", "En del av tjänsten är nere. Försök igen om en stund."}};

const Reason kDeadlineExceeded{"DEADLINE_EXCEEDED",
                               absl::StatusCode::kDeadlineExceeded,
                               {"Took too long", "The answer did not come in time. Try again."},
                               {"Tog för lång tid", "Svaret kom inte i tid. Försök igen."}};

const Reason kIdempotencyKeyReused{
    "IDEMPOTENCY_KEY_REUSED",
    absl::StatusCode::kInvalidArgument,
    {"Idempotency key reused", "The idempotency key was already used for another request."},
    {"Återanvänd idempotensnyckel", "Idempotensnyckeln har redan använts för en annan begäran."}};

const Reason kIdempotencyInProgress{
    "IDEMPOTENCY_IN_PROGRESS",
    absl::StatusCode::kAborted,
    {"Still running", "The first request with this idempotency key is still running."},
    {"Pågår fortfarande", "Den första begäran med samma idempotensnyckel pågår fortfarande."}};

const Reason kSourceIdReused{
    "SOURCE_ID_REUSED",
    absl::StatusCode::kAlreadyExists,
    {"Source id reused", "The source id was already used for other content."},
    {"Återanvänt käll-id", "Käll-id:t har redan använts för annat innehåll."}};

const Reason kSignatureRequired{
    "SIGNATURE_REQUIRED",
    absl::StatusCode::kFailedPrecondition,
    {"Signature required", "The counsel signs this with an e-legitimation first."},
    {"Underskrift krävs", "Biträdet skriver först under detta med e-legitimation."}};

const std::vector<const Reason*>& CommonReasons() {
  static const auto& reasons = *new std::vector<const Reason*>{&kInvalidRequest,
                                                               &kNotFound,
                                                               &kUnauthenticated,
                                                               &kPermissionDenied,
                                                               &kEtagMismatch,
                                                               &kConflictRetry,
                                                               &kOverloaded,
                                                               &kUnavailable,
                                                               &kDeadlineExceeded,
                                                               &kIdempotencyKeyReused,
                                                               &kIdempotencyInProgress,
                                                               &kSourceIdReused,
                                                               &kSignatureRequired};
  return reasons;
}

}  // namespace bitrade
