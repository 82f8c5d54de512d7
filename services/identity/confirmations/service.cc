#include "services/identity/confirmations/service.h"

#include <optional>
#include <utility>

#include "services/common/base/status_macros.h"
#include "services/common/rpc/change_twice.h"
#include "services/identity/domain/confirmation.h"
#include "services/identity/logins/start_note.h"
#include "services/identity/oidc/claims.h"
#include "services/identity/signatures/convert.h"

namespace bitrade::identity {
namespace {

// A caller's own signature, locked. One that is another's is one that there is not.
absl::StatusOr<Signature> LockOwn(rpc::Changing& changing, SignatureStore& signatures,
                                  const std::string& text) {
  const absl::StatusOr<SignatureId> id = SignatureId::Parse(text);
  if (!id.ok()) return Refuse(kNotFound);
  const std::optional<Signature> signature = signatures.Lock(changing.tx(), *id);
  if (!signature || signature->person.text() != changing.caller().actor()) {
    return Refuse(kNotFound);
  }
  return *signature;
}

}  // namespace

grpc::ServerUnaryReactor* ConfirmationService::BeginConfirmation(
    grpc::CallbackServerContext* context, const v1::BeginConfirmationRequest* request,
    v1::BeginConfirmationResponse* response) {
  return rpc::ChangeTwice<Begun, std::string>(
      rpc_, *context, *request, *response,
      rpc::Turns{
          [this](rpc::Changing& changing, const auto& asked) { return Begin(changing, asked); },
          [this](const Begun& begun, auto done) {
            parts_.provider->Begin(begun.secrets, std::move(done));
          },
          [](rpc::Changing& changing, const Begun& begun, const absl::StatusOr<std::string>& url)
              -> absl::StatusOr<v1::BeginConfirmationResponse> {
            changing.Saw(begun.signature_id);
            changing.Note(audit::Circumstance::kAddress, begun.address);
            changing.Note(audit::Circumstance::kPurpose, begun.purpose);
            NoteRefusal(changing, url.status());
            if (!url.ok()) return url.status();
            v1::BeginConfirmationResponse answer;
            answer.set_launch_url(*url);
            return answer;
          }});
}

absl::StatusOr<ConfirmationService::Begun> ConfirmationService::Begin(
    rpc::Changing& changing, const v1::BeginConfirmationRequest& request) {
  changing.Note(audit::Circumstance::kAddress, request.end_user_ip());
  ASSIGN_OR_RETURN(const Signature signature, LockOwn(changing, parts_.signatures, request.id()));
  RETURN_IF_ERROR(CheckConfirmable(signature, changing.now()));
  if (parts_.provider == nullptr) return Refuse(kSignatureMethodUnavailable);
  parts_.confirmations.Forget(changing.tx(), changing.now() - kPendingTime);
  const SentBrowser sent{signature.id, oidc::NewConfirmationSecrets(signature.manifest_sha256),
                         changing.now(), request.end_user_ip()};
  parts_.confirmations.Send(changing.tx(), sent, request.secret_hash());
  return Begun{signature.id.text(), sent.secrets, std::string(Name(signature.purpose)),
               sent.address};
}

grpc::ServerUnaryReactor* ConfirmationService::ReturnConfirmation(
    grpc::CallbackServerContext* context, const v1::ReturnConfirmationRequest* request,
    v1::Signature* response) {
  return rpc::ChangeTwice<CameBack, oidc::ProvedPerson>(
      rpc_, *context, *request, *response,
      rpc::Turns{
          [this](rpc::Changing& changing, const auto& asked) { return Claim(changing, asked); },
          Redeeming(parts_.provider),
          [this](rpc::Changing& changing, const CameBack& back, const auto& answer) {
            return Settled(changing, back, answer);
          }});
}

// Whatever becomes of it, no state counts twice.
absl::StatusOr<CameBack> ConfirmationService::Claim(rpc::Changing& changing,
                                                    const v1::ReturnConfirmationRequest& request) {
  if (parts_.provider == nullptr) return Refuse(kSignatureReturnRefused);
  ASSIGN_OR_RETURN(
      std::optional<SentBrowser> sent,
      parts_.confirmations.Take(changing.tx(), request.state(), request.secret_hash()));
  if (!sent) return Refuse(kSignatureReturnRefused);
  oidc::Return brought = BroughtIn(request, std::move(sent->secrets));
  brought.auth_from = EarliestAuthentication(sent->begin_time, oidc::kSkew, changing.now());
  return CameBack{sent->signature.text(), std::move(brought), std::move(sent->address)};
}

absl::StatusOr<v1::Signature> ConfirmationService::Settled(
    rpc::Changing& changing, const CameBack& back,
    const absl::StatusOr<oidc::ProvedPerson>& answer) {
  changing.Saw(back.id);
  ASSIGN_OR_RETURN(Signature signature,
                   parts_.ends.End(changing.tx(), SignatureId::Trusted(back.id), back.address,
                                   answer, changing.now()));
  changing.Saw(signature.person.text());
  changing.Saw(signature.resource);
  return ToProto({.signature = std::move(signature), .order = std::nullopt, .visible_text = ""},
                 changing.now());
}

}  // namespace bitrade::identity
