// Identity's side of signatures, for tests of services whose things are signed.
#pragma once

#include <string>

#include "services/common/rpc/testing/server.h"
#include "services/common/testing/database.h"
#include "services/identity/orders/store.h"
#include "services/identity/signatures/store.h"

namespace bitrade::identity::testing {

class Signer {
 public:
  // Serves SignatureRequestService on `server`, which has not started, over `database`, which has
  // identity's schema.
  Signer(rpc::testing::Server& server, bitrade::testing::Database& database);

  // From now on identity knows the person, who can sign.
  void Know(const std::string& person_id);

  // Signs, as the collector enters it; or confirms, as the return from the provider does.
  void Sign(const std::string& signature_id, absl::Time now);

 private:
  bitrade::testing::Database& database_;
  SignatureStore signatures_;
  OrderStore orders_;
};

}  // namespace bitrade::identity::testing
