#include "services/identity/oidc/key_set.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/common/base/status_macros.h"
#include "services/identity/oidc/refusal.h"

namespace bitrade::identity::oidc {

absl::StatusOr<KeySet> KeySet::Parse(absl::string_view json) {
  if (json.size() > kLargestKeySet) return Refused(Fault::kSize);
  ASSIGN_OR_RETURN(const JsonObject document, JsonObject::Parse(json));
  const auto jwks = document.Objects("keys");
  if (!jwks) return Refused(Fault::kForm);
  if (jwks->size() > kMostKeys) return Refused(Fault::kSize);
  KeySet set;
  set.published_ = jwks->size();
  for (const JsonObject& jwk : *jwks) {
    absl::StatusOr<VerificationKey> key = VerificationKey::FromJwk(jwk);
    if (key.ok()) set.keys_.push_back(*std::move(key));
  }
  return set;
}

bool KeySet::Has(absl::string_view key_id) const {
  return std::any_of(keys_.begin(), keys_.end(),
                     [&](const VerificationKey& key) { return key.id() == key_id; });
}

absl::StatusOr<VerificationKey> KeySet::Find(absl::string_view key_id, Algorithm algorithm) const {
  if (key_id.empty() && published_ != 1) return Refused(Fault::kKeyId);
  const VerificationKey* found = nullptr;
  bool of_other_kind = false;
  for (const VerificationKey& key : keys_) {
    if (!key_id.empty() && key.id() != key_id) continue;
    if (!key.Fits(algorithm)) {
      of_other_kind = true;
    } else if (found != nullptr) {
      return Refused(Fault::kKeyId);
    } else {
      found = &key;
    }
  }
  if (found != nullptr) return *found;
  return Refused(of_other_kind ? Fault::kKey : Fault::kKeyUnknown);
}

KeySet KeySet::With(const KeySet& earlier) const {
  KeySet both = *this;
  for (const VerificationKey& key : earlier.keys_) {
    if (!key.id().empty() && !Has(key.id())) both.keys_.push_back(key);
  }
  return both;
}

bool KeyCache::MustAsk(absl::string_view key_id, absl::Time now) const {
  const bool known = keys_ != nullptr && (key_id.empty() || keys_->Has(key_id));
  if (known && now < expire_time_) return false;
  // A clock that was set back does not keep us from asking.
  return keys_ == nullptr || absl::AbsDuration(now - ask_time_) >= kAskAgain;
}

void KeyCache::Keep(KeySet fresh, absl::Duration max_age, absl::Time now) {
  keys_ = std::make_shared<const KeySet>(latest_ ? fresh.With(*latest_) : fresh);
  latest_ = std::move(fresh);
  expire_time_ = now + std::clamp(max_age, kLeastAge, kGreatestAge);
}

absl::Duration MaxAgeOf(absl::string_view cache_control) {
  absl::Duration age = absl::ZeroDuration();
  const std::string lower = absl::AsciiStrToLower(cache_control);
  for (absl::string_view directive : absl::StrSplit(lower, ',')) {
    directive = absl::StripAsciiWhitespace(directive);
    if (directive == "no-store" || directive == "no-cache") return absl::ZeroDuration();
    int seconds = 0;
    if (absl::ConsumePrefix(&directive, "max-age=") && absl::SimpleAtoi(directive, &seconds)) {
      age = absl::Seconds(std::max(seconds, 0));
    }
  }
  return age;
}

}  // namespace bitrade::identity::oidc
