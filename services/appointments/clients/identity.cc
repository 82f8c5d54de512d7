#include "services/appointments/clients/identity.h"

#include "services/common/base/status_macros.h"

namespace bitrade::appointments {

using identity::v1::GetIdentityNumberRequest;
using identity::v1::GetIdentityNumberResponse;
using identity::v1::PersonService;

IdentityClient::IdentityClient(rpc::Neighbour& identity)
    : identity_(identity), stub_(PersonService::NewStub(identity.channel())) {}

absl::StatusOr<std::string> IdentityClient::GetIdentityNumber(const rpc::Outgoing& outgoing,
                                                              const PersonId& person) {
  GetIdentityNumberRequest request;
  request.set_person_id(person.text());
  ASSIGN_OR_RETURN(const GetIdentityNumberResponse response,
                   identity_.CallAndWait<GetIdentityNumberResponse>(
                       outgoing, [&](auto* context, auto* answer, auto finished) {
                         stub_->async()->GetIdentityNumber(context, &request, answer, finished);
                       }));
  return response.identity_number();
}

}  // namespace bitrade::appointments
