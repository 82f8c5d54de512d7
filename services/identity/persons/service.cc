#include "services/identity/persons/service.h"

#include "services/common/base/formats.h"
#include "services/common/base/status_macros.h"
#include "services/common/base/swedish_time.h"

namespace bitrade::identity {
namespace {

constexpr size_t kDigits = 12;

absl::StatusOr<PersonNumber> ReadNumber(const std::string& text, absl::Time now) {
  Violations violations;
  if (!IsDigits(text, kDigits)) {
    violations.Add("identity_number", "MALFORMED", "12 digits");
    return violations.ToStatus();
  }
  absl::StatusOr<PersonNumber> number = PersonNumber::Parse(text, SwedishDay(now));
  if (number.ok()) return number;
  violations.Add("identity_number", "MALFORMED", number.status().message());
  return violations.ToStatus();
}

}  // namespace

grpc::ServerUnaryReactor* PersonService::EnsurePerson(grpc::CallbackServerContext* context,
                                                      const v1::EnsurePersonRequest* request,
                                                      v1::EnsurePersonResponse* response) {
  return rpc_.Change(
      *context, *request, *response,
      [this](rpc::Changing& changing, const auto& asked) { return Ensure(changing, asked); });
}

absl::StatusOr<v1::EnsurePersonResponse> PersonService::Ensure(
    rpc::Changing& changing, const v1::EnsurePersonRequest& request) {
  ASSIGN_OR_RETURN(const PersonNumber number,
                   ReadNumber(request.identity_number(), changing.now()));
  const PersonId person =
      store_.Ensure(changing.tx(), number, changing.NewId<PersonId>(), changing.now());
  changing.Saw(person.text());
  v1::EnsurePersonResponse response;
  response.set_person_id(person.text());
  return response;
}

grpc::ServerUnaryReactor* PersonService::GetIdentityNumber(
    grpc::CallbackServerContext* context, const v1::GetIdentityNumberRequest* request,
    v1::GetIdentityNumberResponse* response) {
  return rpc_.Read(*context, *request, *response, [this](rpc::Reading& reading, const auto& asked) {
    return Number(reading, asked);
  });
}

absl::StatusOr<v1::GetIdentityNumberResponse> PersonService::Number(
    rpc::Reading& reading, const v1::GetIdentityNumberRequest& request) {
  ASSIGN_OR_RETURN(const PersonId person, PersonId::Parse(request.person_id()));
  reading.Saw(person.text());
  ASSIGN_OR_RETURN(const std::optional<std::string> number, store_.NumberOf(reading.tx(), person));
  if (!number) return Refuse(kNotFound);
  v1::GetIdentityNumberResponse response;
  response.set_identity_number(*number);
  return response;
}

}  // namespace bitrade::identity
