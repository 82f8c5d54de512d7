#include "services/registry/delegations/service.h"

#include <optional>
#include <utility>

#include "services/common/base/status_macros.h"
#include "services/common/base/swedish_time.h"
#include "services/common/rpc/change_twice.h"
#include "services/common/rpc/paging.h"
#include "services/common/rpc/trace.h"
#include "services/common/signing/steps.h"
#include "services/registry/delegations/convert.h"

namespace bitrade::registry {
namespace {

// Whoever acts for a counsel is still the person of the ticket here.
PersonId PersonOf(const rpc::Reading& reading) {
  return PersonId::Trusted(reading.caller().ticket->person_id);
}

// What travels on with a question to identity.
rpc::Outgoing ToIdentity(const rpc::Caller& caller, const grpc::CallbackServerContext& context) {
  return {.request_id = caller.request_id,
          .traceparent = rpc::NextTraceparent(caller.traceparent),
          .person = caller.ticket->person_id,
          .acting_for = caller.acting_for,
          .deadline = context.deadline()};
}

}  // namespace

grpc::ServerUnaryReactor* DelegationService::ListDelegations(
    grpc::CallbackServerContext* context, const v1::ListDelegationsRequest* request,
    v1::ListDelegationsResponse* response) {
  return rpc_.Read(*context, *request, *response, [this](rpc::Reading& reading, const auto& asked) {
    return List(reading, asked);
  });
}

absl::StatusOr<v1::ListDelegationsResponse> DelegationService::List(
    rpc::Reading& reading, const v1::ListDelegationsRequest& request) {
  const PersonId person = PersonOf(reading);
  ASSIGN_OR_RETURN(const rpc::PageRows rows,
                   rpc::PageRowsOf(request.limit(), request.page(), /*cursor=*/""));
  ASSIGN_OR_RETURN(const DelegationPage page,
                   store_.List(reading.tx(), person, {.limit = rows.limit, .offset = rows.offset}));
  v1::ListDelegationsResponse response;
  response.set_total(page.total);
  for (const NamedDelegation& named : page.delegations) {
    reading.Saw(named.delegation.id.text());
    *response.add_delegations() = ToProto(named, SideOf(named.delegation, person), reading.now());
  }
  return response;
}

grpc::ServerUnaryReactor* DelegationService::GetDelegation(grpc::CallbackServerContext* context,
                                                           const v1::GetDelegationRequest* request,
                                                           v1::Delegation* response) {
  return rpc_.Read(*context, *request, *response, [this](rpc::Reading& reading, const auto& asked) {
    return Get(reading, asked);
  });
}

absl::StatusOr<v1::Delegation> DelegationService::Get(rpc::Reading& reading,
                                                      const v1::GetDelegationRequest& request) {
  ASSIGN_OR_RETURN(const DelegationId id, DelegationId::Parse(request.id()));
  reading.Saw(id.text());
  const PersonId person = PersonOf(reading);
  ASSIGN_OR_RETURN(const auto named, store_.Find(reading.tx(), person, id));
  if (!named) return Refuse(kNotFound);
  const Side side = SideOf(named->delegation, person);
  v1::Delegation response = ToProto(*named, side, reading.now());
  if (side == Side::kDelegate && response.state() == v1::Delegation::INVITED) {
    *response.mutable_terms() = ToProto(store_.TermsOn(reading.tx(), SwedishDay(reading.now())));
  }
  return response;
}

// Identity keeps whom it is asked for: nobody but a counsel asks.
grpc::ServerUnaryReactor* DelegationService::CreateDelegation(
    grpc::CallbackServerContext* context, const v1::CreateDelegationRequest* request,
    v1::Delegation* response) {
  return rpc::ChangeTwice<rpc::Outgoing, std::string>(
      rpc_, *context, *request, *response,
      rpc::Turns{
          [this, context](rpc::Changing& changing,
                          const auto& asked) -> absl::StatusOr<rpc::Outgoing> {
            RETURN_IF_ERROR(DelegationChanges(changing, store_).CheckWanted(asked));
            return ToIdentity(changing.caller(), *context);
          },
          [this, request](const rpc::Outgoing& outgoing, auto done) {
            identity_.EnsurePerson(outgoing, request->identity_number(), std::move(done));
          },
          [this, request](
              rpc::Changing& changing, const rpc::Outgoing& /*asked*/,
              const absl::StatusOr<std::string>& person) -> absl::StatusOr<v1::Delegation> {
            if (!person.ok()) return person.status();
            return DelegationChanges(changing, store_).Create(*request, PersonId::Trusted(*person));
          }});
}

grpc::ServerUnaryReactor* DelegationService::CreateDelegationSignatureRequest(
    grpc::CallbackServerContext* context,
    const v1::CreateDelegationSignatureRequestRequest* request,
    type::v1::SignatureRequest* response) {
  return rpc::ChangeThen<signing::NoFacts, signing::MadeRequest>(
      rpc_, *context, *request, *response,
      signing::RequestSteps(
          signatures_, signing::kAskNobody,
          [this](rpc::Changing& changing, const auto& asked, const auto& /*none*/) {
            return DelegationChanges(changing, store_).RequestSignature(asked);
          }));
}

grpc::ServerUnaryReactor* DelegationService::FileDelegation(
    grpc::CallbackServerContext* context, const v1::FileDelegationRequest* request,
    v1::Delegation* response) {
  using Signature = std::optional<signing::Fact>;
  return rpc_.ChangeWith<Signature>(
      *context, *request, *response,
      [this](const rpc::Outgoing& outgoing, const auto& asked, auto done) {
        signatures_.GatherFact(outgoing, asked.signature_id(), std::move(done));
      },
      [this](rpc::Changing& changing, const auto& asked, const Signature& signature) {
        return DelegationChanges(changing, store_).File(asked, {signature, confirmation_});
      });
}

grpc::ServerUnaryReactor* DelegationService::AcceptDelegation(
    grpc::CallbackServerContext* context, const v1::AcceptDelegationRequest* request,
    v1::Delegation* response) {
  return rpc_.Change(*context, *request, *response,
                     [this](rpc::Changing& changing, const auto& asked) {
                       return DelegationChanges(changing, store_).Accept(asked);
                     });
}

grpc::ServerUnaryReactor* DelegationService::RevokeDelegation(
    grpc::CallbackServerContext* context, const v1::RevokeDelegationRequest* request,
    google::protobuf::Empty* response) {
  return rpc_.Change(*context, *request, *response,
                     [this](rpc::Changing& changing, const auto& asked) {
                       return DelegationChanges(changing, store_).Revoke(asked);
                     });
}

}  // namespace bitrade::registry
