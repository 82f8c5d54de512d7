// The keys that a provider publishes (JWKS, RFC 7517), and how long they are believed.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/identity/oidc/keys.h"

namespace bitrade::identity::oidc {

// In bytes, and in keys: more than any provider has while it changes them.
constexpr size_t kLargestKeySet = size_t{64} * 1024;
constexpr size_t kMostKeys = 32;

class KeySet {
 public:
  // Reads a set; keys that are not for us (other kinds, encryption, weak ones) are left out.
  //
  // Errors: OIDC_ANSWER_REFUSED with fault SIZE or FORM.
  static absl::StatusOr<KeySet> Parse(absl::string_view json);

  // Returns the one key for a signature by `algorithm` whose header names `key_id`, "" for none.
  //
  // Errors: OIDC_ANSWER_REFUSED with fault KEY_ID when one must be named and is not, KEY_UNKNOWN,
  // or KEY for a key of another kind.
  absl::StatusOr<VerificationKey> Find(absl::string_view key_id, Algorithm algorithm) const;

  bool Has(absl::string_view key_id) const;

  // Returns this set, and the keys of `earlier` whose ids it lacks: while a provider changes keys,
  // tokens by the one before are under way.
  KeySet With(const KeySet& earlier) const;

 private:
  size_t published_ = 0;  // how many the provider has now, those left out among them
  std::vector<VerificationKey> keys_;
};

// The keys of one provider and when to ask for them again. A value of one instant after another;
// not thread-safe.
class KeyCache {
 public:
  // How often at most an id that we do not know makes us ask: else anybody could make us ask.
  static constexpr absl::Duration kAskAgain = absl::Minutes(1);
  static constexpr absl::Duration kLeastAge = absl::Minutes(10);
  static constexpr absl::Duration kGreatestAge = absl::Hours(24);

  // Whether to ask the provider before looking for `key_id`: nothing is known, what is known is too
  // old, or the id is new.
  bool MustAsk(absl::string_view key_id, absl::Time now) const;

  // Remembers that the provider was asked, whatever it answers.
  void Asked(absl::Time now) { ask_time_ = now; }

  // Takes the provider's answer, which it lets be kept for `max_age`; within our own bounds.
  void Keep(KeySet fresh, absl::Duration max_age, absl::Time now);

  // Null as long as nothing was kept.
  const std::shared_ptr<const KeySet>& keys() const { return keys_; }

 private:
  std::optional<KeySet> latest_;
  std::shared_ptr<const KeySet> keys_;  // the latest with those before
  absl::Time ask_time_ = absl::InfinitePast();
  absl::Time expire_time_ = absl::InfinitePast();
};

// Returns the max-age of a Cache-Control header; zero when it has none or says no-store.
absl::Duration MaxAgeOf(absl::string_view cache_control);

}  // namespace bitrade::identity::oidc
