#include "services/billing/cost_statements/changes.h"

#include <utility>

#include "absl/strings/str_join.h"
#include "services/billing/calculations/convert.h"
#include "services/billing/cost_statements/convert.h"
#include "services/billing/cost_statements/filing.h"
#include "services/billing/cost_statements/overlaps.h"
#include "services/billing/cost_statements/seen.h"
#include "services/billing/cost_statements/view.h"
#include "services/common/access/projection.h"
#include "services/common/base/status_macros.h"
#include "services/common/base/swedish_time.h"
#include "services/common/error/id_field.h"

namespace bitrade::billing {

Changes::Changes(rpc::Changing& changing, const CostStatementParts& parts)
    : changing_(changing), parts_(parts), today_(SwedishDay(changing.now())) {}

absl::StatusOr<v1::CostStatement> Changes::Create(const v1::CreateCostStatementRequest& request,
                                                  const TaxFacts& facts) {
  ASSIGN_OR_RETURN(const AppointmentId appointment,
                   ParseId<AppointmentId>(request.appointment_id(), "appointment_id"));
  if (!parts_.statements.Sees(changing_.tx(), ReaderOf(changing_), appointment)) {
    return access::NotSeen(changing_, appointment.text());
  }
  return changing_.Once<v1::CostStatement>(request.idempotency_key(), request,
                                           [&] { return Draft(request, facts); });
}

absl::StatusOr<v1::CostStatement> Changes::Draft(const v1::CreateCostStatementRequest& request,
                                                 const TaxFacts& facts) {
  RETURN_IF_ERROR(CheckInput(request));
  v1::CalculationInput input = request.input();
  FillIn(facts, today_, input);
  const StoredStatement stored{
      .statement = {.id = changing_.NewId<CostStatementId>(),
                    .appointment = AppointmentId::Trusted(request.appointment_id()),
                    .counsel = CounselOf(changing_),
                    .create_time = changing_.now(),
                    .update_time = changing_.now()},
      .content = {.input = input.SerializeAsString(), .result = "", .manifest = ""}};
  changing_.Saw(stored.statement.id.text());
  ASSIGN_OR_RETURN(v1::CostStatement drafted,
                   View(stored, {parts_.rates.All(changing_.tx()), today_, HandOf(changing_)}));
  parts_.statements.Insert(changing_.tx(), stored);
  RETURN_IF_ERROR(Compare(stored, drafted));
  Tell(stored.statement, "DRAFTED");
  return drafted;
}

absl::StatusOr<v1::CostStatement> Changes::Update(const v1::UpdateCostStatementRequest& request,
                                                  const TaxFacts& facts) {
  ASSIGN_OR_RETURN(StoredStatement stored, LockSeen(request.id()));
  RETURN_IF_ERROR(CheckVersion(stored.statement, request.etag()));
  RETURN_IF_ERROR(Change(stored.statement, changing_.now()));
  ASSIGN_OR_RETURN(v1::CalculationInput input, InputOf(stored));
  RETURN_IF_ERROR(Merge(request, input));
  FillIn(facts, today_, input);
  stored.content.input = input.SerializeAsString();
  ASSIGN_OR_RETURN(v1::CostStatement changed,
                   View(stored, {parts_.rates.All(changing_.tx()), today_, HandOf(changing_)}));
  parts_.statements.Update(changing_.tx(), stored);
  RETURN_IF_ERROR(Compare(stored, changed));
  Tell(stored.statement, "CHANGED");
  changing_.Note(audit::Circumstance::kChanged, absl::StrJoin(request.update_mask().paths(), ","));
  return changed;
}

absl::StatusOr<google::protobuf::Empty> Changes::Delete(
    const v1::DeleteCostStatementRequest& request) {
  ASSIGN_OR_RETURN(StoredStatement stored, LockSeen(request.id()));
  RETURN_IF_ERROR(CheckVersion(stored.statement, request.etag()));
  RETURN_IF_ERROR(Change(stored.statement, changing_.now()));
  parts_.statements.DeleteDraft(changing_.tx(), stored.statement.id);
  Tell(stored.statement, "DELETED");
  return google::protobuf::Empty();
}

absl::StatusOr<v1::CostStatement> Changes::File(const v1::FileCostStatementRequest& request,
                                                const FilingFacts& facts) {
  ASSIGN_OR_RETURN(StoredStatement draft, LockSeen(request.id()));
  return changing_.Once<v1::CostStatement>(request.idempotency_key(), request, [&] {
    return FileLocked(std::move(draft), request.etag(), facts);
  });
}

absl::StatusOr<v1::CostStatement> Changes::FileLocked(StoredStatement draft,
                                                      const std::string& etag,
                                                      const FilingFacts& facts) {
  RETURN_IF_ERROR(CheckVersion(draft.statement, etag));
  if (!facts.signature) {
    RETURN_IF_ERROR(signing::CheckConfirmation(parts_.confirmation));
  }
  const RateTable rates = parts_.rates.All(changing_.tx());
  ASSIGN_OR_RETURN(MadeFiling filing, MakeFiling(std::move(draft), facts, rates, changing_.now()));
  filing.receipt.number =
      ReceiptNumber(today_.year(), parts_.receipts.NextSerial(changing_.tx(), today_.year()));
  parts_.statements.Update(changing_.tx(), filing.stored);
  parts_.receipts.Insert(changing_.tx(), filing.receipt);
  Tell(filing.stored.statement, "FILED");
  ASSIGN_OR_RETURN(v1::CostStatement filed, View(filing.stored, {rates, today_}));
  RETURN_IF_ERROR(Compare(filing.stored, filed));
  return filed;
}

absl::StatusOr<signing::MadeRequest> Changes::RequestSignature(
    const v1::CreateSignatureRequestRequest& request, const TaxFacts& facts) {
  ASSIGN_OR_RETURN(const StoredStatement draft, LockSeen(request.id()));
  return signing::MakeRequest(changing_, request, SubjectOf(draft.statement), [&] {
    const RateTable rates = parts_.rates.All(changing_.tx());
    return MakeToBeSigned(draft, KindOf(request.method()), {facts, rates}, changing_.now());
  });
}

absl::StatusOr<StoredStatement> Changes::LockSeen(const std::string& text) {
  ASSIGN_OR_RETURN(const CostStatementId id, ParseId<CostStatementId>(text, "id"));
  changing_.Saw(id.text());
  ASSIGN_OR_RETURN(std::optional<StoredStatement> stored,
                   parts_.statements.Lock(changing_.tx(), ReaderOf(changing_), id));
  if (!stored) return NotSeen(changing_, parts_.statements, id);
  return *std::move(stored);
}

absl::Status Changes::Compare(const StoredStatement& stored, v1::CostStatement& shown) {
  ASSIGN_OR_RETURN(const Claim claim, FromProto(shown.input(), today_));
  KeepClaimed(changing_.tx(), parts_.claimed, stored.statement, claim);
  ShowOverlaps(changing_, parts_.claimed, shown);
  return absl::OkStatus();
}

void Changes::Tell(const CostStatement& statement, const std::string& kind) {
  changing_.Emit("cost_statement", statement.id.text(), statement.version, kind,
                 EventData(statement));
}

}  // namespace bitrade::billing
