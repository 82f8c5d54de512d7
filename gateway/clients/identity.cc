#include "gateway/clients/identity.h"

#include <utility>

#include "gateway/clients/ask.h"

namespace bitrade::gateway {

namespace v1 = identity::v1;

IdentityClient::IdentityClient(rpc::Neighbour& identity, rpc::Neighbour& provider)
    : identity_(identity),
      provider_(provider),
      logins_(v1::LoginService::NewStub(identity.channel())),
      provider_logins_(v1::LoginService::NewStub(provider.channel())),
      tickets_(v1::TicketService::NewStub(identity.channel())),
      sessions_(v1::SessionService::NewStub(identity.channel())),
      signatures_(v1::SignatureService::NewStub(identity.channel())),
      refusals_(v1::RefusalService::NewStub(identity.channel())) {}

void IdentityClient::StartLogin(const rpc::Outgoing& outgoing, v1::StartLoginRequest request,
                                Done<v1::Login> done) {
  Ask(provider_, outgoing, std::move(request), std::move(done),
      [this](auto* context, auto* asked, auto* response, auto finished) {
        provider_logins_->async()->StartLogin(context, asked, response, std::move(finished));
      });
}

void IdentityClient::GetLogin(const rpc::Outgoing& outgoing, v1::GetLoginRequest request,
                              Done<v1::Login> done) {
  Ask(identity_, outgoing, std::move(request), std::move(done),
      [this](auto* context, auto* asked, auto* response, auto finished) {
        logins_->async()->GetLogin(context, asked, response, std::move(finished));
      });
}

void IdentityClient::CancelLogin(const rpc::Outgoing& outgoing, v1::CancelLoginRequest request,
                                 Done<v1::Login> done) {
  Ask(identity_, outgoing, std::move(request), std::move(done),
      [this](auto* context, auto* asked, auto* response, auto finished) {
        logins_->async()->CancelLogin(context, asked, response, std::move(finished));
      });
}

void IdentityClient::ReturnLogin(const rpc::Outgoing& outgoing, v1::ReturnLoginRequest request,
                                 Done<v1::Login> done) {
  Ask(identity_, outgoing, std::move(request), std::move(done),
      [this](auto* context, auto* asked, auto* response, auto finished) {
        logins_->async()->ReturnLogin(context, asked, response, std::move(finished));
      });
}

void IdentityClient::TakeUpLogin(const rpc::Outgoing& outgoing, v1::TakeUpLoginRequest request,
                                 Done<v1::TakeUpLoginResponse> done) {
  Ask(identity_, outgoing, std::move(request), std::move(done),
      [this](auto* context, auto* asked, auto* response, auto finished) {
        logins_->async()->TakeUpLogin(context, asked, response, std::move(finished));
      });
}

void IdentityClient::ReturnSignature(const rpc::Outgoing& outgoing,
                                     v1::ReturnSignatureRequest request,
                                     Done<v1::ReturnSignatureResponse> done) {
  Ask(identity_, outgoing, std::move(request), std::move(done),
      [this](auto* context, auto* asked, auto* response, auto finished) {
        signatures_->async()->ReturnSignature(context, asked, response, std::move(finished));
      });
}

void IdentityClient::RenewTicket(const rpc::Outgoing& outgoing, v1::RenewTicketRequest request,
                                 Done<v1::RenewTicketResponse> done) {
  Ask(identity_, outgoing, std::move(request), std::move(done),
      [this](auto* context, auto* asked, auto* response, auto finished) {
        tickets_->async()->RenewTicket(context, asked, response, std::move(finished));
      });
}

void IdentityClient::RotateSession(const rpc::Outgoing& outgoing, v1::RotateSessionRequest request,
                                   Done<v1::RotateSessionResponse> done) {
  Ask(identity_, outgoing, std::move(request), std::move(done),
      [this](auto* context, auto* asked, auto* response, auto finished) {
        sessions_->async()->RotateSession(context, asked, response, std::move(finished));
      });
}

void IdentityClient::EndSession(const rpc::Outgoing& outgoing, v1::EndSessionRequest request,
                                Done<v1::EndSessionResponse> done) {
  Ask(identity_, outgoing, std::move(request), std::move(done),
      [this](auto* context, auto* asked, auto* response, auto finished) {
        sessions_->async()->EndSession(context, asked, response, std::move(finished));
      });
}

void IdentityClient::RevokeSessions(const rpc::Outgoing& outgoing,
                                    v1::RevokeSessionsRequest request,
                                    Done<v1::RevokeSessionsResponse> done) {
  Ask(identity_, outgoing, std::move(request), std::move(done),
      [this](auto* context, auto* asked, auto* response, auto finished) {
        sessions_->async()->RevokeSessions(context, asked, response, std::move(finished));
      });
}

absl::Status IdentityClient::RecordRefusals(const rpc::Outgoing& outgoing,
                                            const v1::RecordRefusalsRequest& request) {
  return identity_
      .CallAndWait<v1::RecordRefusalsResponse>(
          outgoing,
          [&](auto* context, auto* response, auto finished) {
            refusals_->async()->RecordRefusals(context, &request, response, std::move(finished));
          })
      .status();
}

}  // namespace bitrade::gateway
