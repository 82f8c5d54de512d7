// What a provider publishes, discovery and keys, fetched when it is needed and kept for a time.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/common/base/clock.h"
#include "services/identity/https/https_client.h"
#include "services/identity/oidc/discovery.h"
#include "services/identity/oidc/key_set.h"

namespace bitrade::identity::oidc {

// Thread-safe. Callbacks come at once or on the client's thread.
class Directory {
 public:
  using DiscoveryDone = std::function<void(absl::StatusOr<std::shared_ptr<const Discovery>>)>;
  using KeysDone = std::function<void(absl::StatusOr<std::shared_ptr<const KeySet>>)>;

  // All must outlive it, and the client's callbacks.
  Directory(std::string issuer, HttpsClient& https, const Clock& clock)
      : issuer_(std::move(issuer)), https_(https), clock_(clock) {}

  // Finds the provider's addresses, an hour old at most; older while it does not answer.
  //
  // Errors: OIDC_UNAVAILABLE, OIDC_FAULT, OIDC_ANSWER_REFUSED.
  void Find(DiscoveryDone done);

  // Finds its keys, among them `key_id` if the provider publishes it: an unknown one makes us ask
  // again, once a minute at most. Errors: those of Find.
  void FindKeys(const Discovery& provider, const std::string& key_id, KeysDone done);

 private:
  void TakeDiscovery(const absl::StatusOr<HttpsReply>& reply, const DiscoveryDone& done);
  void TakeKeys(const absl::StatusOr<HttpsReply>& reply);

  const std::string issuer_;
  HttpsClient& https_;
  const Clock& clock_;
  std::mutex mutex_;  // guards what follows
  std::shared_ptr<const Discovery> discovery_;
  absl::Time discovery_expire_time_ = absl::InfinitePast();
  KeyCache keys_;
  // Those who wait for the keys that are being fetched; empty when nobody fetches.
  std::vector<KeysDone> waiting_;
};

}  // namespace bitrade::identity::oidc
