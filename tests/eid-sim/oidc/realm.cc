#include "tests/eid-sim/oidc/realm.h"

namespace bitrade::eidsim::oidc {

void Realm::SetIssuer(absl::string_view issuer) {
  const std::lock_guard lock(mutex_);
  issuer_ = std::string(issuer);
}

std::string Realm::issuer() {
  const std::lock_guard lock(mutex_);
  return issuer_;
}

ProviderSettings Realm::settings() {
  const std::lock_guard lock(mutex_);
  return settings_;
}

void Realm::Set(const ProviderSettings& settings) {
  const std::lock_guard lock(mutex_);
  settings_ = settings;
}

void Realm::PutClient(const Client& client) {
  const std::lock_guard lock(mutex_);
  clients_[client.id] = client;
}

absl::StatusOr<Client> Realm::FindClient(absl::string_view id) {
  const std::lock_guard lock(mutex_);
  const auto found = clients_.find(id);
  if (found == clients_.end()) return absl::NotFoundError("no such client");
  return found->second;
}

absl::StatusOr<SigningKey> Realm::AddKey(absl::string_view algorithm) {
  const std::lock_guard lock(mutex_);
  return keys_.Add(algorithm);
}

absl::Status Realm::RetireKey(absl::string_view kid) {
  const std::lock_guard lock(mutex_);
  return keys_.Retire(kid);
}

std::string Realm::Jwks() {
  const std::lock_guard lock(mutex_);
  return keys_.Jwks();
}

std::vector<PublicKey> Realm::PublicKeys() {
  const std::lock_guard lock(mutex_);
  return keys_.PublicKeys();
}

Issuing Realm::IssuingAt(absl::Time now) {
  const std::lock_guard lock(mutex_);
  Issuing issuing;
  issuing.issuer = issuer_;
  issuing.authn_provider = settings_.authn_provider;
  issuing.key = keys_.Newest(settings_.algorithm);
  issuing.other_key = keys_.Newest(settings_.algorithm == "ES256" ? "RS256" : "ES256");
  issuing.now = now;
  return issuing;
}

bool Realm::UseOnce(const std::string& jti, absl::Time expiry, absl::Time now) {
  const std::lock_guard lock(mutex_);
  std::erase_if(used_, [now](const auto& used) { return used.second < now; });
  return used_.emplace(jti, expiry).second;
}

}  // namespace bitrade::eidsim::oidc
