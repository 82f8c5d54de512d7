#include "services/common/signing/client.h"

#include <utility>

#include "services/common/rpc/timestamp.h"

namespace bitrade::signing {
namespace {

namespace theirs = identity::v1;
using type::v1::SignatureRequest;

theirs::RequestSignatureRequest ToProto(const Ask& ask) {
  theirs::RequestSignatureRequest request;
  theirs::SignaturePurpose purpose = theirs::SIGNATURE_PURPOSE_UNSPECIFIED;
  theirs::SignaturePurpose_Parse(ask.subject.purpose, &purpose);
  request.set_signature_id(ask.signature_id);
  request.set_person_id(ask.subject.person_id);
  request.set_method(ask.method);
  request.set_start(ask.start);
  request.set_purpose(purpose);
  request.set_resource_id(ask.subject.resource_id);
  request.set_resource_version(ask.subject.version);
  request.set_visible_text(ask.to_be_signed.visible_text);
  request.set_manifest(ask.to_be_signed.manifest);
  *request.mutable_browser() = ask.browser;
  return request;
}

Fact FromProto(const theirs::SignatureFact& fact) {
  return {.signature_id = fact.signature_id(),
          .complete = fact.state() == theirs::Signature::COMPLETE,
          .is_signature = fact.kind() == theirs::SIGNATURE,
          .subject = {.purpose = theirs::SignaturePurpose_Name(fact.purpose()),
                      .person_id = fact.person_id(),
                      .resource_id = fact.resource_id(),
                      .version = fact.resource_version()},
          .manifest_sha256 = fact.manifest_sha256(),
          .time = rpc::ReadTime(fact.time())};
}

// Of a signature that does not exist: it fails where any other of something else does, after
// whoever files has been shown to see what is filed.
const Fact kOfNothing{.complete = true, .is_signature = true};

SignatureRequest::State StateOf(const theirs::Signature& signature) {
  SignatureRequest::State state = SignatureRequest::STATE_UNSPECIFIED;
  SignatureRequest::State_Parse(theirs::Signature::State_Name(signature.state()), &state);
  return state;
}

}  // namespace

Client::Client(rpc::Neighbour& identity)
    : identity_(identity), stub_(theirs::SignatureRequestService::NewStub(identity.channel())) {}

void Client::Tell(const rpc::Outgoing& outgoing, const MadeRequest& made,
                  std::function<void(absl::StatusOr<SignatureRequest>)> done) {
  if (!made.ask) return done(made.answer);
  auto request = std::make_shared<theirs::RequestSignatureRequest>(ToProto(*made.ask));
  identity_.Call<theirs::Signature>(
      outgoing,
      [this, &request](auto* context, auto* response, auto finished) {
        stub_->async()->RequestSignature(context, request.get(), response, finished);
      },
      [request, answer = made.answer,
       done = std::move(done)](const absl::StatusOr<theirs::Signature>& signature) mutable {
        if (!signature.ok()) return done(signature.status());
        answer.set_state(StateOf(*signature));
        done(std::move(answer));
      });
}

void Client::GatherFact(const rpc::Outgoing& outgoing, const std::string& signature_id,
                        std::function<void(absl::StatusOr<std::optional<Fact>>)> done) {
  if (signature_id.empty()) return done(std::optional<Fact>());
  auto request = std::make_shared<theirs::GetSignatureFactRequest>();
  request->set_signature_id(signature_id);
  identity_.Call<theirs::SignatureFact>(
      outgoing,
      [this, &request](auto* context, auto* response, auto finished) {
        stub_->async()->GetSignatureFact(context, request.get(), response, finished);
      },
      [request, done = std::move(done)](const absl::StatusOr<theirs::SignatureFact>& fact) {
        if (fact.ok()) return done(std::optional<Fact>(FromProto(*fact)));
        if (!absl::IsNotFound(fact.status())) return done(fact.status());
        done(std::optional<Fact>(kOfNothing));
      });
}

}  // namespace bitrade::signing
