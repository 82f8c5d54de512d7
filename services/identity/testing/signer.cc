#include "services/identity/testing/signer.h"

#include <memory>
#include <stdexcept>

#include "absl/strings/str_cat.h"
#include "services/identity/signatures/service.h"

namespace bitrade::identity::testing {

Signer::Signer(rpc::testing::Server& server, bitrade::testing::Database& database)
    : database_(database), signatures_(server.keyring()), orders_(server.keyring()) {
  server.Serve(std::make_unique<SignatureRequestService>(server.rpc(), signatures_, orders_,
                                                         Confirmations::kOffered));
}

void Signer::Know(const std::string& person_id) {
  database_.Run(absl::StrCat("INSERT INTO person (id, number, create_time) VALUES ('", person_id,
                             "', 'x', '2026-01-01')"));
}

void Signer::Sign(const std::string& signature_id, absl::Time now) {
  const absl::Status signed_now =
      database_.connection().Transact([&](postgres::Transaction& tx) -> absl::Status {
        const auto locked = signatures_.Lock(tx, SignatureId::Trusted(signature_id));
        signatures_.Save(tx, *Complete(*locked, /*certificate_policy=*/"", now));
        return absl::OkStatus();
      });
  if (!signed_now.ok()) throw std::runtime_error(signed_now.ToString());
}

}  // namespace bitrade::identity::testing
