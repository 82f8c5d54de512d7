#include "services/identity/signatures/service.h"

#include <utility>

#include "services/common/base/status_macros.h"

namespace bitrade::identity {
namespace {

// An id that cannot be is one that there is not.
absl::StatusOr<SignatureId> ReadId(const std::string& text) {
  absl::StatusOr<SignatureId> id = SignatureId::Parse(text);
  return id.ok() ? id : Refuse(kNotFound);
}

PersonId CallerOf(const rpc::Reading& reading) {
  return PersonId::Trusted(reading.caller().actor());
}

absl::StatusOr<v1::Signature> FirstAnswer(const Signature& known, const Signature& wish,
                                          absl::Time now) {
  if (!AsksTheSame(known, wish)) return Refuse(kSignatureIdReused);
  return ToProto({.signature = known, .order = std::nullopt, .visible_text = ""}, now);
}

// The collector then cancels the order, where there is one.
void GiveUp(rpc::Changing& changing, SignatureStore& signatures, OrderStore& orders,
            const Signature& given_up) {
  signatures.Save(changing.tx(), given_up);
  orders.AskNext(changing.tx(), given_up.id, {.due = changing.now(), .failures = 0});
  changing.Saw(given_up.id.text());
}

}  // namespace

grpc::ServerUnaryReactor* SignatureRequestService::RequestSignature(
    grpc::CallbackServerContext* context, const v1::RequestSignatureRequest* request,
    v1::Signature* response) {
  return rpc_.Change(
      *context, *request, *response,
      [this](rpc::Changing& changing, const auto& asked) { return Requested(changing, asked); });
}

absl::StatusOr<v1::Signature> SignatureRequestService::Requested(
    rpc::Changing& changing, const v1::RequestSignatureRequest& request) {
  ASSIGN_OR_RETURN(const SignatureWish wish, FromProto(request, changing.now()));
  const Signature& signature = wish.signature;
  const bool signs = KindOf(signature.method) == SignatureKind::kSignature;
  if (!signs && confirmations_ == Confirmations::kNone) return Refuse(kSignatureMethodUnavailable);
  changing.Saw(signature.id.text());
  changing.Saw(signature.resource);
  changing.Note(audit::Circumstance::kAddress, wish.to_sign.address);
  changing.Note(audit::Circumstance::kPurpose, Name(signature.purpose));
  if (const auto known = signatures_.Find(changing.tx(), signature.id)) {
    return FirstAnswer(*known, signature, changing.now());
  }
  GiveUpOthers(changing, signature.person);
  return Entered(changing, wish);
}

// A confirmation begins when its person says so.
absl::StatusOr<v1::Signature> SignatureRequestService::Entered(rpc::Changing& changing,
                                                               const SignatureWish& wish) {
  const Signature& signature = wish.signature;
  if (signatures_.Insert(changing.tx(), signature, wish.to_sign)) {
    if (KindOf(signature.method) == SignatureKind::kSignature) {
      orders_.InsertToBegin(changing.tx(), signature.id, changing.now());
    }
    return ToProto(
        {.signature = signature, .order = std::nullopt, .visible_text = wish.to_sign.visible_text},
        changing.now());
  }
  const auto known = signatures_.Find(changing.tx(), signature.id);
  if (!known) return Refuse(kNotFound);
  return FirstAnswer(*known, signature, changing.now());
}

void SignatureRequestService::GiveUpOthers(rpc::Changing& changing, const PersonId& person) {
  for (const Signature& open : signatures_.LockOpen(changing.tx(), person)) {
    const absl::StatusOr<Signature> given_up = Cancel(open, changing.now());
    if (given_up.ok()) GiveUp(changing, signatures_, orders_, *given_up);
  }
}

grpc::ServerUnaryReactor* SignatureRequestService::GetSignatureFact(
    grpc::CallbackServerContext* context, const v1::GetSignatureFactRequest* request,
    v1::SignatureFact* response) {
  return rpc_.Read(*context, *request, *response, [this](rpc::Reading& reading, const auto& asked) {
    return Fact(reading, asked);
  });
}

absl::StatusOr<v1::SignatureFact> SignatureRequestService::Fact(
    rpc::Reading& reading, const v1::GetSignatureFactRequest& request) {
  ASSIGN_OR_RETURN(const SignatureId id, ReadId(request.signature_id()));
  const auto signature = signatures_.Find(reading.tx(), id);
  if (!signature) return Refuse(kNotFound);
  return ToFact(*signature, reading.now());
}

grpc::ServerUnaryReactor* SignatureService::GetSignature(grpc::CallbackServerContext* context,
                                                         const v1::GetSignatureRequest* request,
                                                         v1::Signature* response) {
  return rpc_.Read(*context, *request, *response, [this](rpc::Reading& reading, const auto& asked) {
    return Get(reading, asked);
  });
}

absl::StatusOr<v1::Signature> SignatureService::Get(rpc::Reading& reading,
                                                    const v1::GetSignatureRequest& request) {
  ASSIGN_OR_RETURN(const SignatureId id, ReadId(request.id()));
  ASSIGN_OR_RETURN(const std::optional<SeenSignature> seen,
                   signatures_.FindOwn(reading.tx(), id, CallerOf(reading)));
  if (!seen) return Refuse(kNotFound);
  return ToProto(*seen, reading.now());
}

grpc::ServerUnaryReactor* SignatureService::ReturnSignature(
    grpc::CallbackServerContext* context, const v1::ReturnSignatureRequest* request,
    v1::ReturnSignatureResponse* response) {
  return rpc_.Answer(*context, *request, *response,
                     [this](const auto& /*caller*/, const auto& asked,
                            absl::Time /*now*/) -> absl::StatusOr<v1::ReturnSignatureResponse> {
                       const absl::StatusOr<SignatureId> id = SignatureId::Parse(asked.id());
                       const bool ours = id.ok() && signatures_.IsReturnNonce(*id, asked.nonce());
                       if (!ours) return Refuse(kSignatureReturnRefused);
                       return v1::ReturnSignatureResponse();
                     });
}

grpc::ServerUnaryReactor* SignatureService::CancelSignature(
    grpc::CallbackServerContext* context, const v1::CancelSignatureRequest* request,
    v1::Signature* response) {
  return rpc_.Change(
      *context, *request, *response,
      [this](rpc::Changing& changing, const auto& asked) { return GivenUp(changing, asked); });
}

absl::StatusOr<v1::Signature> SignatureService::GivenUp(rpc::Changing& changing,
                                                        const v1::CancelSignatureRequest& request) {
  ASSIGN_OR_RETURN(const SignatureId id, ReadId(request.id()));
  const auto signature = signatures_.Lock(changing.tx(), id);
  if (!signature || signature->person != CallerOf(changing)) return Refuse(kNotFound);
  ASSIGN_OR_RETURN(const Signature given_up, Cancel(*signature, changing.now()));
  GiveUp(changing, signatures_, orders_, given_up);
  return ToProto({.signature = given_up, .order = std::nullopt, .visible_text = ""},
                 changing.now());
}

}  // namespace bitrade::identity
