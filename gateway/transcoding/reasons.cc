#include "gateway/transcoding/reasons.h"

namespace bitrade::gateway {

const Reason kMalformedRequest{
    "MALFORMED_REQUEST",
    absl::StatusCode::kInvalidArgument,
    {"Malformed request", "The request cannot be read; each fault is listed in errors."},
    {"Oläslig begäran", "Begäran kan inte läsas; varje fel står i errors."}};

const Reason kIdempotencyKeyRequired{
    "IDEMPOTENCY_KEY_REQUIRED",
    absl::StatusCode::kInvalidArgument,
    {"Idempotency key required",
     "Send a header Idempotency-Key whose value is a quoted string, a new one for each request."},
    {"Idempotensnyckel krävs",
     "Skicka ett huvud Idempotency-Key vars värde är en text inom citattecken, ny för varje "
     "begäran."}};

const Reason kSessionRequired{
    "SESSION_REQUIRED",
    absl::StatusCode::kUnauthenticated,
    {"Session required", "You are not logged in, or your session has ended."},
    {"Session krävs", "Du är inte inloggad, eller så har din session avslutats."}};

const Reason kCsrfRequired{
    "CSRF_REQUIRED",
    absl::StatusCode::kPermissionDenied,
    {"Token required", "A change must carry the session's token in the header X-CSRF-Token."},
    {"Token krävs", "En ändring måste ha sessionens token i huvudet X-CSRF-Token."}};

const Reason kMethodNotAllowed{
    "METHOD_NOT_ALLOWED",
    absl::StatusCode::kUnimplemented,
    {"Method not allowed", "The method does not work here; the header Allow lists those that do."},
    {"Metoden är inte tillåten",
     "Metoden fungerar inte här; huvudet Allow räknar upp dem som gör det."}};

const Reason kNotAcceptable{
    "NOT_ACCEPTABLE",
    absl::StatusCode::kInvalidArgument,
    {"Not acceptable", "The answer has no representation that the header Accept allows."},
    {"Inte godtagbart", "Svaret finns inte i någon form som huvudet Accept tillåter."}};

const Reason kUnsupportedMediaType{
    "UNSUPPORTED_MEDIA_TYPE",
    absl::StatusCode::kInvalidArgument,
    {"Unsupported media type", "The body must be sent as {accepted}."},
    {"Medietypen stöds inte", "Innehållet måste skickas som {accepted}."}};

const Reason kRangeNotSatisfiable{
    "RANGE_NOT_SATISFIABLE",
    absl::StatusCode::kOutOfRange,
    {"Range not satisfiable", "The content has no byte in the range that was asked for."},
    {"Intervallet finns inte", "Innehållet har ingen byte i det efterfrågade intervallet."}};

const Reason kIfMatchRequired{
    "IF_MATCH_REQUIRED",
    absl::StatusCode::kFailedPrecondition,
    {"If-Match required", "Send the ETag of the version that you change in the header If-Match."},
    {"If-Match krävs", "Skicka ETag för den version som du ändrar i huvudet If-Match."}};

const Reason kRateLimited{
    "RATE_LIMITED",
    absl::StatusCode::kResourceExhausted,
    {"Too many requests", "You have asked too often. Wait as long as Retry-After says."},
    {"För många anrop", "Du har frågat för ofta. Vänta så länge som Retry-After säger."}};

const Reason kInternalError{
    "INTERNAL_ERROR",
    absl::StatusCode::kInternal,
    {"Internal error", "Something went wrong on our side. Give us the id in instance."},
    {"Internt fel", "Något gick fel hos oss. Uppge id:t i instance."}};

const std::vector<const Reason*>& GatewayReasons() {
  static const auto& reasons = *new std::vector<const Reason*>{
      &kMalformedRequest,     &kIdempotencyKeyRequired, &kSessionRequired,
      &kCsrfRequired,         &kMethodNotAllowed,       &kNotAcceptable,
      &kUnsupportedMediaType, &kRangeNotSatisfiable,    &kIfMatchRequired,
      &kRateLimited,          &kInternalError};
  return reasons;
}

}  // namespace bitrade::gateway
