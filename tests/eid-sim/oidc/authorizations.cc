#include "tests/eid-sim/oidc/authorizations.h"

#include <algorithm>

#include "services/common/base/status_macros.h"
#include "services/common/crypto/digest.h"
#include "tests/eid-sim/oidc/base64url.h"
#include "tests/eid-sim/oidc/callback.h"
#include "tests/eid-sim/oidc/oauth_error.h"

namespace bitrade::eidsim::oidc {
namespace {

constexpr size_t kNameBytes = 16;
constexpr size_t kSecretBytes = 32;

std::string RandomName(size_t bytes) { return Base64Url(crypto::RandomBytes(bytes)); }

absl::Status BadGrant(absl::string_view why) { return Refused("invalid_grant", why); }

absl::Status Check(const Authorization& found, const Redemption& shown, absl::Time now) {
  if (found.request.client_id != shown.client_id) return BadGrant("the code of another client");
  if (found.request.redirect_uri != shown.redirect_uri) return BadGrant("another redirect_uri");
  if (Base64Url(crypto::Sha256(shown.code_verifier)) != found.request.code_challenge) {
    return BadGrant("the code_verifier does not fit");
  }
  if (now >= found.code_expiry) return BadGrant("the code is too old");
  return absl::OkStatus();
}

void Refuse(Authorization& decided, absl::string_view error) {
  decided.state = AuthorizationState::kDenied;
  decided.redirect_url = ErrorCallback(decided, error);
}

}  // namespace

Authorization Authorizations::Create(const AuthorizationRequest& request) {
  const std::lock_guard lock(mutex_);
  Refresh();
  Authorization created;
  created.id = RandomName(kNameBytes);
  created.request = request;
  created.create_time = Present();
  return known_.emplace(created.id, created).first->second;
}

std::vector<Authorization> Authorizations::Known() {
  const std::lock_guard lock(mutex_);
  Refresh();
  std::vector<Authorization> all;
  for (const auto& [id, authorization] : known_) all.push_back(authorization);
  std::stable_sort(all.begin(), all.end(), [](const auto& one, const auto& other) {
    return one.create_time > other.create_time;
  });
  return all;
}

absl::StatusOr<Authorization> Authorizations::Find(absl::string_view id) {
  const std::lock_guard lock(mutex_);
  Refresh();
  const auto found = known_.find(id);
  if (found == known_.end()) return absl::NotFoundError("no such authorization request");
  return found->second;
}

absl::StatusOr<Authorization> Authorizations::Approve(absl::string_view id,
                                                      const Approval& approval) {
  const std::lock_guard lock(mutex_);
  ASSIGN_OR_RETURN(Authorization* const decided, Open(id));
  decided->approval = approval;
  if (!decided->request.Accepts(approval.acr)) {
    Refuse(*decided, "unmet_authentication_requirements");
    return *decided;
  }
  decided->state = AuthorizationState::kApproved;
  decided->auth_time = SharedTime();
  decided->sid = RandomName(kNameBytes);
  decided->code = RandomName(kSecretBytes);
  decided->code_expiry = Present() + kCodeLife;
  decided->redirect_url = CodeCallback(*decided);
  return *decided;
}

absl::StatusOr<Authorization> Authorizations::Deny(absl::string_view id, const Denial& denial) {
  const std::lock_guard lock(mutex_);
  ASSIGN_OR_RETURN(Authorization* const decided, Open(id));
  decided->approval.fault = denial.fault;
  Refuse(*decided, denial.error);
  return *decided;
}

absl::StatusOr<Authorization> Authorizations::Redeem(const Redemption& redemption) {
  const std::lock_guard lock(mutex_);
  Refresh();
  Authorization* const found = Search([&](const Authorization& known) {
    return !known.code.empty() && known.code == redemption.code;
  });
  if (found == nullptr) return BadGrant("no such code");
  RETURN_IF_ERROR(Check(*found, redemption, Present()));
  if (found->state == AuthorizationState::kRedeemed) {
    found->access_token.clear();
    return BadGrant("the code has been used");
  }
  found->state = AuthorizationState::kRedeemed;
  found->access_token = RandomName(kSecretBytes);
  found->access_expiry = Present() + kAccessLife;
  return *found;
}

absl::StatusOr<Authorization> Authorizations::ByAccessToken(absl::string_view token) {
  const std::lock_guard lock(mutex_);
  Refresh();
  const Authorization* const found = Search([&](const Authorization& known) {
    return !known.access_token.empty() && known.access_token == token;
  });
  if (found == nullptr || Present() >= found->access_expiry) {
    return Refused("invalid_token", "no such access token, or one too old");
  }
  return *found;
}

std::vector<Authorization> Authorizations::LogOut(absl::string_view personal_number) {
  const std::lock_guard lock(mutex_);
  Refresh();
  std::vector<Authorization> ended;
  for (auto& [id, known] : known_) {
    const bool theirs = known.approval.person.personal_number == personal_number;
    if (!theirs || known.logged_out || known.state != AuthorizationState::kRedeemed) continue;
    known.logged_out = true;
    ended.push_back(known);
  }
  return ended;
}

void Authorizations::LogOutOne(absl::string_view sid) {
  const std::lock_guard lock(mutex_);
  Authorization* const found = Search([&](const Authorization& known) { return known.sid == sid; });
  if (found != nullptr) found->logged_out = true;
}

void Authorizations::AdvanceClock(absl::Duration step) {
  const std::lock_guard lock(mutex_);
  offset_ += step;
}

absl::StatusOr<Authorization*> Authorizations::Open(absl::string_view id) {
  Refresh();
  const auto found = known_.find(id);
  if (found == known_.end()) return absl::NotFoundError("no such authorization request");
  if (found->second.state == AuthorizationState::kOpen) return &found->second;
  return absl::FailedPreconditionError("it has been decided");
}

Authorization* Authorizations::Search(const std::function<bool(const Authorization&)>& wanted) {
  const auto found = std::find_if(known_.begin(), known_.end(),
                                  [&](const auto& known) { return wanted(known.second); });
  return found == known_.end() ? nullptr : &found->second;
}

void Authorizations::Refresh() {
  std::erase_if(known_, [now = Present()](const auto& known) {
    const bool open = known.second.state == AuthorizationState::kOpen;
    return now >= known.second.create_time + (open ? kRequestLife : kKept);
  });
}

}  // namespace bitrade::eidsim::oidc
