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

const Reason kLogoutTokenRefused{
    "LOGOUT_TOKEN_REFUSED",
    absl::StatusCode::kInvalidArgument,
    {"Logout token refused", "The logout token does not hold, or has counted before."},
    {"Utloggningen godtas inte", "Utloggningsbeviset håller inte, eller har redan använts."}};

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

const Reason kRequestTimeout{"REQUEST_TIMEOUT",
                             absl::StatusCode::kDeadlineExceeded,
                             {"Request too slow", "The whole request did not arrive in time."},
                             {"För långsam begäran", "Hela begäran kom inte fram i tid."}};

const Reason kContentTooLarge{
    "CONTENT_TOO_LARGE",
    absl::StatusCode::kInvalidArgument,
    {"Content too large", "The body is larger than this address takes."},
    {"För stort innehåll", "Innehållet är större än vad adressen tar emot."}};

const Reason kUriTooLong{"URI_TOO_LONG",
                         absl::StatusCode::kInvalidArgument,
                         {"Address too long", "The address is longer than 2048 characters."},
                         {"För lång adress", "Adressen är längre än 2048 tecken."}};

const Reason kExpectationFailed{
    "EXPECTATION_FAILED",
    absl::StatusCode::kInvalidArgument,
    {"Expectation failed", "Of the header Expect only 100-continue is understood."},
    {"Förväntan uppfylls inte", "Av huvudet Expect förstås bara 100-continue."}};

const Reason kHeadTooLarge{
    "HEAD_TOO_LARGE",
    absl::StatusCode::kInvalidArgument,
    {"Head too large", "The request has too many headers, or too long ones."},
    {"För stort huvud", "Begäran har för många eller för långa huvuden."}};

const Reason kNotImplemented{
    "NOT_IMPLEMENTED",
    absl::StatusCode::kUnimplemented,
    {"Not implemented", "The method or transfer coding is not understood."},
    {"Stöds inte", "Metoden eller överföringskodningen förstås inte."}};

const Reason kVersionNotSupported{
    "VERSION_NOT_SUPPORTED",
    absl::StatusCode::kUnimplemented,
    {"Version not supported", "Only HTTP/1.0 and HTTP/1.1 are understood."},
    {"Versionen stöds inte", "Bara HTTP/1.0 och HTTP/1.1 förstås."}};

const Reason kInternalError{
    "INTERNAL_ERROR",
    absl::StatusCode::kInternal,
    {"Internal error", "Something went wrong on our side. Give us the id in instance."},
    {"Internt fel", "Något gick fel hos oss. Uppge id:t i instance."}};

const Reason& EdgeReason(int status) {
  switch (status) {
    case 400:
      return kMalformedRequest;
    case 408:
      return kRequestTimeout;
    case 413:
      return kContentTooLarge;
    case 414:
      return kUriTooLong;
    case 417:
      return kExpectationFailed;
    case 431:
      return kHeadTooLarge;
    case 501:
      return kNotImplemented;
    case 503:
      return kOverloaded;
    case 505:
      return kVersionNotSupported;
    default:
      return kInternalError;
  }
}

const std::vector<const Reason*>& GatewayReasons() {
  static const auto& reasons = *new std::vector<const Reason*>{
      &kMalformedRequest,  &kIdempotencyKeyRequired, &kSessionRequired,      &kCsrfRequired,
      &kMethodNotAllowed,  &kNotAcceptable,          &kUnsupportedMediaType, &kIfMatchRequired,
      &kRateLimited,       &kRequestTimeout,         &kContentTooLarge,      &kUriTooLong,
      &kExpectationFailed, &kHeadTooLarge,           &kNotImplemented,       &kVersionNotSupported,
      &kInternalError,     &kLogoutTokenRefused};
  return reasons;
}

}  // namespace bitrade::gateway
