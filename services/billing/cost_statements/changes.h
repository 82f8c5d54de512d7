// What a counsel does to cost statements.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "bitrade/billing/v1/cost_statement_service.pb.h"
#include "services/billing/cost_statements/claimed_time_store.h"
#include "services/billing/cost_statements/filing.h"
#include "services/billing/cost_statements/receipt_store.h"
#include "services/billing/cost_statements/store.h"
#include "services/billing/domain/claim.h"
#include "services/billing/rates/store.h"
#include "services/common/rpc/use_case.h"
#include "services/common/signing/confirmation.h"
#include "services/common/signing/request.h"

namespace bitrade::billing {

using signing::Confirmation;

// What the RPCs work with.
struct CostStatementParts {
  CostStatementStore& statements;
  ReceiptStore& receipts;
  RateStore& rates;
  ClaimedTimeStore& claimed;
  Confirmation confirmation;
};

// The stores behind them; made once.
struct Stores {
  explicit Stores(const crypto::Keyring& keyring) : statements(keyring), receipts(keyring) {}
  CostStatementParts Parts(Confirmation confirmation) {
    return {statements, receipts, rates, claimed, confirmation};
  }
  CostStatementStore statements;
  ReceiptStore receipts;
  RateStore rates;
  ClaimedTimeStore claimed;
};

// The changes of one call, in its transaction. Errors are those that the RPCs' contract names.
class Changes {
 public:
  Changes(rpc::Changing& changing, const CostStatementParts& parts);

  absl::StatusOr<v1::CostStatement> Create(const v1::CreateCostStatementRequest& request,
                                           const TaxFacts& facts);
  absl::StatusOr<v1::CostStatement> Update(const v1::UpdateCostStatementRequest& request,
                                           const TaxFacts& facts);
  absl::StatusOr<google::protobuf::Empty> Delete(const v1::DeleteCostStatementRequest& request);
  absl::StatusOr<v1::CostStatement> File(const v1::FileCostStatementRequest& request,
                                         const FilingFacts& facts);
  // Freezes the version that is to be signed.
  absl::StatusOr<signing::MadeRequest> RequestSignature(
      const v1::CreateSignatureRequestRequest& request, const TaxFacts& facts);

 private:
  absl::StatusOr<v1::CostStatement> Draft(const v1::CreateCostStatementRequest& request,
                                          const TaxFacts& facts);
  absl::StatusOr<v1::CostStatement> FileLocked(StoredStatement draft, const std::string& etag,
                                               const FilingFacts& facts);
  // Returns the statement that the caller sees, locked. Errors: NOT_FOUND.
  absl::StatusOr<StoredStatement> LockSeen(const std::string& id);
  // Keeps what the statement claims of its counsel's days, and adds to `shown` what others claim of
  // them too.
  absl::Status Compare(const StoredStatement& stored, v1::CostStatement& shown);
  // Tells other services.
  void Tell(const CostStatement& statement, const std::string& kind);

  rpc::Changing& changing_;
  const CostStatementParts& parts_;
  const absl::CivilDay today_;
};

}  // namespace bitrade::billing
