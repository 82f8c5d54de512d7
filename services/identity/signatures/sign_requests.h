// What BankID is asked for a signature that is to begin.
#pragma once

#include <utility>

#include "absl/status/statusor.h"
#include "services/common/postgres/transaction.h"
#include "services/identity/bankid/messages.h"
#include "services/identity/orders/store.h"
#include "services/identity/orders/terms.h"
#include "services/identity/persons/store.h"
#include "services/identity/signatures/store.h"

namespace bitrade::identity {

class SignRequests {
 public:
  // The stores must outlive it.
  SignRequests(SignatureStore& signatures, PersonStore& persons, OrderTerms terms)
      : signatures_(signatures), persons_(persons), terms_(std::move(terms)) {}

  // Returns the request for the signature that `taken` is for: by its person alone, with the kinds
  // of BankID of its method. Errors: NOT_FOUND when it has ended meanwhile, SEAL_BROKEN.
  absl::StatusOr<SignRequest> Of(postgres::Transaction& tx, const TakenOrder& taken);

 private:
  SignatureStore& signatures_;
  PersonStore& persons_;
  const OrderTerms terms_;
};

}  // namespace bitrade::identity
