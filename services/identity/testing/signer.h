// Identity's side of signatures, for tests of services whose things are signed.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/common/rpc/testing/server.h"
#include "services/common/testing/database.h"
#include "services/identity/signatures/service.h"

namespace bitrade::identity::testing {

class Signer {
 public:
  // Serves SignatureRequestService on `server`, which has not started, over `database`, which has
  // identity's schema.
  Signer(rpc::testing::Server& server, bitrade::testing::Database& database)
      : database_(database), signatures_(server.keyring()), orders_(server.keyring()) {
    server.Serve(std::make_unique<SignatureRequestService>(server.rpc(), signatures_, orders_,
                                                           Confirmations::kOffered));
  }

  // From now on identity knows the person, who can sign.
  void Know(const std::string& person_id) {
    database_.Run(absl::StrCat("INSERT INTO person (id, number, create_time) VALUES ('", person_id,
                               "', 'x', '2026-01-01')"));
  }

  // Signs, as the collector enters it; or confirms, as the return from the provider does.
  void Sign(const std::string& signature_id, absl::Time now) {
    const absl::Status signed_now =
        database_.connection().Transact([&](postgres::Transaction& tx) -> absl::Status {
          const auto locked = signatures_.Lock(tx, SignatureId::Trusted(signature_id));
          signatures_.Save(tx, *Complete(*locked, /*certificate_policy=*/"", now));
          return absl::OkStatus();
        });
    if (!signed_now.ok()) throw std::runtime_error(signed_now.ToString());
  }

 private:
  bitrade::testing::Database& database_;
  SignatureStore signatures_;
  OrderStore orders_;
};

}  // namespace bitrade::identity::testing
