#include "services/registry/testing/delegating.h"

#include <stdexcept>

namespace bitrade::registry::testing {

using Stub = v1::DelegationService::Stub;

v1::CreateDelegationRequest ForDisa(const std::string& key) {
  v1::CreateDelegationRequest request;
  request.set_identity_number(kDisasNumber);
  request.set_name("Disa Testsson");
  request.set_idempotency_key(key);
  return request;
}

Delegating::Delegating(Confirmation confirmation)
    : Register(confirmation), stub(v1::DelegationService::NewStub(gateway->channel())) {
  const auto entered = Enter(EntryOf("source-1"));
  if (!entered.ok()) throw std::runtime_error(entered.status().ToString());
}

absl::StatusOr<v1::Delegation> Delegating::Create(const v1::CreateDelegationRequest& request) {
  return gateway->Call(*stub, &Stub::CreateDelegation, request);
}

absl::StatusOr<v1::Delegation> Delegating::File(const v1::Delegation& delegation,
                                                const std::string& signature,
                                                const std::string& key) {
  v1::FileDelegationRequest request;
  request.set_id(delegation.id());
  request.set_etag(delegation.etag());
  request.set_signature_id(signature);
  request.set_idempotency_key(key);
  return gateway->Call(*stub, &Stub::FileDelegation, request);
}

absl::StatusOr<v1::Delegation> Delegating::Accept(const v1::Delegation& delegation, int terms) {
  v1::AcceptDelegationRequest request;
  request.set_id(delegation.id());
  request.set_etag(delegation.etag());
  request.set_terms_version(terms);
  return gateway->Call(*stub, &Stub::AcceptDelegation, request);
}

absl::StatusOr<google::protobuf::Empty> Delegating::Revoke(const v1::Delegation& delegation) {
  v1::RevokeDelegationRequest request;
  request.set_id(delegation.id());
  request.set_etag(delegation.etag());
  return gateway->Call(*stub, &Stub::RevokeDelegation, request);
}

absl::StatusOr<v1::Delegation> Delegating::Get(const std::string& id) {
  v1::GetDelegationRequest request;
  request.set_id(id);
  return gateway->Call(*stub, &Stub::GetDelegation, request);
}

}  // namespace bitrade::registry::testing
