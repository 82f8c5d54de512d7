#include "services/identity/oidc/directory.h"

#include <utility>

#include "services/common/base/status_macros.h"
#include "services/identity/oidc/errors.h"

namespace bitrade::identity::oidc {
namespace {

constexpr absl::Duration kDiscoveryAge = absl::Hours(1);
constexpr long kHttpOk = 200;

HttpsRequest Get(const std::string& url) {
  return {.url = url, .headers = {"Accept: application/json"}, .body = std::nullopt};
}

// The answer 200, else what refuses.
absl::StatusOr<HttpsReply> Good(const absl::StatusOr<HttpsReply>& reply) {
  if (!reply.ok()) return RefusalOf(reply.status());
  if (reply->status != kHttpOk) return RefusalOf(*reply);
  return reply;
}

absl::StatusOr<Discovery> DiscoveryIn(const absl::StatusOr<HttpsReply>& reply,
                                      const std::string& issuer) {
  ASSIGN_OR_RETURN(const HttpsReply good, Good(reply));
  return ReadDiscovery(good.body, issuer);
}

absl::StatusOr<KeySet> KeysIn(const absl::StatusOr<HttpsReply>& reply) {
  ASSIGN_OR_RETURN(const HttpsReply good, Good(reply));
  return KeySet::Parse(good.body);
}

}  // namespace

void Directory::Find(DiscoveryDone done) {
  std::shared_ptr<const Discovery> known;
  {
    const std::lock_guard lock(mutex_);
    if (clock_.TimeNow() < discovery_expire_time_) known = discovery_;
  }
  if (known != nullptr) return done(std::move(known));
  https_.Call(Get(DiscoveryAddress(issuer_)),
              [this, done = std::move(done)](const absl::StatusOr<HttpsReply>& reply) {
                TakeDiscovery(reply, done);
              });
}

void Directory::TakeDiscovery(const absl::StatusOr<HttpsReply>& reply, const DiscoveryDone& done) {
  absl::StatusOr<Discovery> read = DiscoveryIn(reply, issuer_);
  std::shared_ptr<const Discovery> known;
  {
    const std::lock_guard lock(mutex_);
    if (read.ok()) {
      discovery_ = std::make_shared<const Discovery>(*std::move(read));
      discovery_expire_time_ = clock_.TimeNow() + kDiscoveryAge;
    }
    known = discovery_;
  }
  if (known == nullptr) return done(read.status());
  done(std::move(known));
}

void Directory::FindKeys(const Discovery& provider, const std::string& key_id, KeysDone done) {
  std::shared_ptr<const KeySet> known;
  bool ask = false;
  {
    const std::lock_guard lock(mutex_);
    const absl::Time now = clock_.TimeNow();
    const bool has = keys_.keys() != nullptr && keys_.keys()->Has(key_id);
    const bool fetching = !waiting_.empty();
    ask = !fetching && keys_.MustAsk(key_id, now);
    if (ask) keys_.Asked(now);
    if (ask || (fetching && !has)) {
      waiting_.push_back(std::move(done));
    } else {
      known = keys_.keys();
    }
  }
  if (known != nullptr) return done(std::move(known));
  if (!ask) return;
  https_.Call(Get(provider.jwks_uri),
              [this](const absl::StatusOr<HttpsReply>& reply) { TakeKeys(reply); });
}

void Directory::TakeKeys(const absl::StatusOr<HttpsReply>& reply) {
  absl::StatusOr<KeySet> read = KeysIn(reply);
  std::vector<KeysDone> told;
  std::shared_ptr<const KeySet> known;
  {
    const std::lock_guard lock(mutex_);
    if (read.ok()) {
      keys_.Keep(*std::move(read), MaxAgeOf(reply->cache_control), clock_.TimeNow());
    }
    known = keys_.keys();
    told.swap(waiting_);
  }
  for (const KeysDone& done : told) {
    if (known == nullptr) {
      done(read.status());
    } else {
      done(known);
    }
  }
}

}  // namespace bitrade::identity::oidc
