#include "gateway/clients/oidc_logins.h"

#include <utility>

#include "gateway/clients/ask.h"
#include "services/common/rpc/metadata.h"

namespace bitrade::gateway {

namespace v1 = identity::v1;

OidcLoginClient::OidcLoginClient(rpc::Neighbour& provider)
    : provider_(provider),
      stub_(v1::OidcLoginService::NewStub(provider.channel())),
      confirmations_(v1::ConfirmationService::NewStub(provider.channel())) {}

void OidcLoginClient::Start(const rpc::Outgoing& outgoing, v1::StartOidcLoginRequest request,
                            Done<v1::Login> done) {
  Ask(provider_, outgoing, std::move(request), std::move(done),
      [this](auto* context, auto* asked, auto* response, auto finished) {
        stub_->async()->StartOidcLogin(context, asked, response, std::move(finished));
      });
}

void OidcLoginClient::Return(const rpc::Outgoing& outgoing, v1::ReturnOidcLoginRequest request,
                             Done<v1::Login> done) {
  Ask(provider_, outgoing, std::move(request), std::move(done),
      [this](auto* context, auto* asked, auto* response, auto finished) {
        stub_->async()->ReturnOidcLogin(context, asked, response, std::move(finished));
      });
}

void OidcLoginClient::BeginConfirmation(const rpc::Outgoing& outgoing, const std::string& ticket,
                                        v1::BeginConfirmationRequest request,
                                        Done<v1::BeginConfirmationResponse> done) {
  Ask(provider_, outgoing, std::move(request), std::move(done),
      [this, &ticket](auto* context, auto* asked, auto* response, auto finished) {
        context->AddMetadata(rpc::kTicketHeader, ticket);
        confirmations_->async()->BeginConfirmation(context, asked, response, std::move(finished));
      });
}

void OidcLoginClient::ReturnConfirmation(const rpc::Outgoing& outgoing,
                                         v1::ReturnConfirmationRequest request,
                                         Done<v1::Signature> done) {
  Ask(provider_, outgoing, std::move(request), std::move(done),
      [this](auto* context, auto* asked, auto* response, auto finished) {
        confirmations_->async()->ReturnConfirmation(context, asked, response, std::move(finished));
      });
}

void OidcLoginClient::BeginLogout(const rpc::Outgoing& outgoing, v1::BeginOidcLogoutRequest request,
                                  Done<v1::BeginOidcLogoutResponse> done) {
  Ask(provider_, outgoing, std::move(request), std::move(done),
      [this](auto* context, auto* asked, auto* response, auto finished) {
        stub_->async()->BeginOidcLogout(context, asked, response, std::move(finished));
      });
}

void OidcLoginClient::EndSessions(const rpc::Outgoing& outgoing, v1::EndOidcSessionsRequest request,
                                  Done<v1::EndOidcSessionsResponse> done) {
  Ask(provider_, outgoing, std::move(request), std::move(done),
      [this](auto* context, auto* asked, auto* response, auto finished) {
        stub_->async()->EndOidcSessions(context, asked, response, std::move(finished));
      });
}

}  // namespace bitrade::gateway
