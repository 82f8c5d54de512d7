#include "services/billing/clients/identity.h"

#include <utility>

namespace bitrade::billing {
namespace {

namespace theirs = identity::v1;

theirs::RequestSignatureRequest ToProto(const SignatureAsk& ask) {
  theirs::RequestSignatureRequest request;
  request.set_signature_id(ask.signature_id);
  request.set_person_id(ask.person_id);
  request.set_method(ask.method);
  request.set_start(ask.start);
  request.set_purpose(theirs::COST_STATEMENT_FILING);
  request.set_resource_id(ask.cost_statement_id);
  request.set_resource_version(ask.version);
  request.set_visible_text(ask.visible_text);
  request.set_manifest(ask.manifest);
  *request.mutable_browser() = ask.browser;
  return request;
}

SignatureFact FromProto(const theirs::SignatureFact& fact) {
  return {.signature_id = fact.signature_id(),
          .complete = fact.state() == theirs::Signature::COMPLETE,
          .is_signature = fact.kind() == theirs::SIGNATURE,
          .for_cost_statement = fact.purpose() == theirs::COST_STATEMENT_FILING,
          .person_id = fact.person_id(),
          .resource_id = fact.resource_id(),
          .version = fact.resource_version(),
          .manifest_sha256 = fact.manifest_sha256()};
}

}  // namespace

IdentityClient::IdentityClient(rpc::Neighbour& identity)
    : identity_(identity), stub_(theirs::SignatureRequestService::NewStub(identity.channel())) {}

void IdentityClient::RequestSignature(
    const rpc::Outgoing& outgoing, const SignatureAsk& ask,
    std::function<void(absl::StatusOr<v1::SignatureRequest::State>)> done) {
  auto request = std::make_shared<theirs::RequestSignatureRequest>(ToProto(ask));
  identity_.Call<theirs::Signature>(
      outgoing,
      [this, &request](auto* context, auto* response, auto finished) {
        stub_->async()->RequestSignature(context, request.get(), response, finished);
      },
      [request, done = std::move(done)](const absl::StatusOr<theirs::Signature>& signature) {
        if (!signature.ok()) return done(signature.status());
        v1::SignatureRequest::State state = v1::SignatureRequest::STATE_UNSPECIFIED;
        v1::SignatureRequest::State_Parse(theirs::Signature::State_Name(signature->state()),
                                          &state);
        done(state);
      });
}

void IdentityClient::GetSignatureFact(const rpc::Outgoing& outgoing,
                                      const std::string& signature_id,
                                      std::function<void(absl::StatusOr<SignatureFact>)> done) {
  auto request = std::make_shared<theirs::GetSignatureFactRequest>();
  request->set_signature_id(signature_id);
  identity_.Call<theirs::SignatureFact>(
      outgoing,
      [this, &request](auto* context, auto* response, auto finished) {
        stub_->async()->GetSignatureFact(context, request.get(), response, finished);
      },
      [request, done = std::move(done)](const absl::StatusOr<theirs::SignatureFact>& fact) {
        if (fact.ok()) return done(FromProto(*fact));
        const bool unknown = fact.status().code() == absl::StatusCode::kNotFound;
        done(unknown ? Refuse(kSignatureOfSomethingElse) : fact.status());
      });
}

}  // namespace bitrade::billing
