// What the provider's answer means for a confirmation.
#pragma once

#include <atomic>
#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/identity/confirmations/store.h"
#include "services/identity/oidc/provider.h"
#include "services/identity/persons/store.h"
#include "services/identity/signatures/store.h"

namespace bitrade::identity {

// Thread-safe.
class ConfirmationEnds {
 public:
  // What the ends are made of; all must outlive them.
  struct Parts {
    SignatureStore& signatures;
    ConfirmationStore& confirmations;
    PersonStore& persons;
  };

  explicit ConfirmationEnds(const Parts& parts) : parts_(parts) {}

  // Ends a confirmation whose browser has come back: COMPLETE when its person has authenticated,
  // FAILED when another has or for `answer`'s reason. A proof that holds is kept whatever becomes
  // of it. One that has ended meanwhile stays as it is. Returns it as stored. `address` is that
  // from which the browser was sent, for the audit trail. Errors: NOT_FOUND, SEAL_BROKEN.
  absl::StatusOr<Signature> End(postgres::Transaction& tx, const SignatureId& id,
                                absl::string_view address,
                                const absl::StatusOr<oidc::ProvedPerson>& answer, absl::Time now);

  // How many answers were not believed, since the start; for metrics.
  int64_t refused() const { return refused_; }

 private:
  absl::StatusOr<Signature> Judge(postgres::Transaction& tx, const Signature& pending,
                                  const oidc::ProvedPerson& proved, absl::Time now);

  const Parts parts_;
  std::atomic<int64_t> refused_ = 0;
};

}  // namespace bitrade::identity
