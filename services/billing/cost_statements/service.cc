#include "services/billing/cost_statements/service.h"

#include <algorithm>
#include <map>
#include <utility>

#include "services/billing/cost_statements/convert.h"
#include "services/billing/cost_statements/filing.h"
#include "services/billing/cost_statements/view.h"
#include "services/common/access/projection.h"
#include "services/common/base/status_macros.h"
#include "services/common/base/swedish_time.h"
#include "services/common/rpc/paging.h"

namespace bitrade::billing {
namespace {

Reader ReaderOf(const rpc::Reading& reading) {
  return {.counsel = CounselId::Trusted(reading.caller().counsel_id()),
          .now = reading.now(),
          .asked = reading.asked()};
}

void Tell(rpc::Changing& changing, const CostStatement& statement, const std::string& kind) {
  changing.Emit("cost_statement", statement.id.text(), statement.version, kind,
                EventData(statement));
}

bool IsDraft(const StoredStatement& stored) { return stored.statement.state == State::kDraft; }

}  // namespace

template <typename Request>
grpc::ServerUnaryReactor* CostStatementService::ChangeWithFacts(
    grpc::CallbackServerContext& context, const Request& request, v1::CostStatement& response,
    absl::StatusOr<v1::CostStatement> (CostStatementService::*use_case)(rpc::Changing&,
                                                                        const Request&,
                                                                        const TaxFacts&)) {
  return rpc_.ChangeWith<TaxFacts>(
      context, request, response,
      [this](const rpc::Outgoing& outgoing, const Request& /*asked*/, auto done) {
        // The counsel alone calls, and a counsel's id is the person's id.
        parts_.registry.GetTaxFacts(outgoing, outgoing.person, std::move(done));
      },
      [this, use_case](rpc::Changing& changing, const Request& asked, const TaxFacts& facts) {
        return (this->*use_case)(changing, asked, facts);
      });
}

grpc::ServerUnaryReactor* CostStatementService::ListCostStatements(
    grpc::CallbackServerContext* context, const v1::ListCostStatementsRequest* request,
    v1::ListCostStatementsResponse* response) {
  return rpc_.Read(*context, *request, *response, [this](rpc::Reading& reading, const auto& asked) {
    return List(reading, asked);
  });
}

absl::StatusOr<v1::ListCostStatementsResponse> CostStatementService::List(
    rpc::Reading& reading, const v1::ListCostStatementsRequest& request) {
  ASSIGN_OR_RETURN(const AppointmentId appointment, AppointmentId::Parse(request.appointment_id()));
  ASSIGN_OR_RETURN(const rpc::PageRows rows,
                   rpc::PageRowsOf(request.limit(), request.page(), /*cursor=*/""));
  ASSIGN_OR_RETURN(const StatementPage page,
                   parts_.statements.List(reading.tx(), ReaderOf(reading), appointment,
                                          {.limit = rows.limit, .offset = rows.offset}));
  if (!page.appointment_seen && page.total == 0) {
    return access::NotSeen(reading, appointment.text());
  }
  const bool drafts = std::any_of(page.statements.begin(), page.statements.end(), IsDraft);
  const RateTable rates = drafts ? parts_.rates.All(reading.tx()) : RateTable({});
  v1::ListCostStatementsResponse response;
  response.set_total(page.total);
  for (const StoredStatement& stored : page.statements) {
    reading.Saw(stored.statement.id.text());
    v1::CostStatement& out = *response.add_cost_statements();
    ASSIGN_OR_RETURN(out,
                     ViewAnyway(stored, {rates, SwedishDay(reading.now()), parts_.confirmation}));
    out.clear_input();
    out.mutable_result()->clear_lines();
  }
  return response;
}

grpc::ServerUnaryReactor* CostStatementService::CreateCostStatement(
    grpc::CallbackServerContext* context, const v1::CreateCostStatementRequest* request,
    v1::CostStatement* response) {
  return ChangeWithFacts(*context, *request, *response, &CostStatementService::Create);
}

absl::StatusOr<v1::CostStatement> CostStatementService::Create(
    rpc::Changing& changing, const v1::CreateCostStatementRequest& request, const TaxFacts& facts) {
  ASSIGN_OR_RETURN(const AppointmentId appointment, AppointmentId::Parse(request.appointment_id()));
  if (!parts_.statements.Sees(changing.tx(), ReaderOf(changing), appointment)) {
    return access::NotSeen(changing, appointment.text());
  }
  return changing.Once<v1::CostStatement>(request.idempotency_key(), request,
                                          [&] { return Draft(changing, request, facts); });
}

absl::StatusOr<v1::CostStatement> CostStatementService::Draft(
    rpc::Changing& changing, const v1::CreateCostStatementRequest& request, const TaxFacts& facts) {
  RETURN_IF_ERROR(CheckInput(request));
  const absl::CivilDay today = SwedishDay(changing.now());
  v1::CalculationInput input = request.input();
  FillIn(facts, today, input);
  const StoredStatement stored{
      .statement = {.id = changing.NewId<CostStatementId>(),
                    .appointment = AppointmentId::Trusted(request.appointment_id()),
                    .counsel = ReaderOf(changing).counsel,
                    .create_time = changing.now(),
                    .update_time = changing.now()},
      .content = {.input = input.SerializeAsString(), .result = "", .manifest = ""}};
  changing.Saw(stored.statement.id.text());
  ASSIGN_OR_RETURN(v1::CostStatement drafted,
                   View(stored, {parts_.rates.All(changing.tx()), today, parts_.confirmation}));
  parts_.statements.Insert(changing.tx(), stored);
  Tell(changing, stored.statement, "DRAFTED");
  return drafted;
}

grpc::ServerUnaryReactor* CostStatementService::GetCostStatement(
    grpc::CallbackServerContext* context, const v1::GetCostStatementRequest* request,
    v1::CostStatement* response) {
  return rpc_.Read(*context, *request, *response, [this](rpc::Reading& reading, const auto& asked) {
    return Get(reading, asked);
  });
}

absl::StatusOr<v1::CostStatement> CostStatementService::Get(
    rpc::Reading& reading, const v1::GetCostStatementRequest& request) {
  ASSIGN_OR_RETURN(const CostStatementId id, CostStatementId::Parse(request.id()));
  reading.Saw(id.text());
  ASSIGN_OR_RETURN(const std::optional<StoredStatement> stored,
                   parts_.statements.Find(reading.tx(), ReaderOf(reading), id));
  if (!stored) return NotSeen(reading, id);
  const RateTable rates = IsDraft(*stored) ? parts_.rates.All(reading.tx()) : RateTable({});
  return ViewAnyway(*stored, {rates, SwedishDay(reading.now()), parts_.confirmation});
}

grpc::ServerUnaryReactor* CostStatementService::UpdateCostStatement(
    grpc::CallbackServerContext* context, const v1::UpdateCostStatementRequest* request,
    v1::CostStatement* response) {
  return ChangeWithFacts(*context, *request, *response, &CostStatementService::Update);
}

absl::StatusOr<v1::CostStatement> CostStatementService::Update(
    rpc::Changing& changing, const v1::UpdateCostStatementRequest& request, const TaxFacts& facts) {
  ASSIGN_OR_RETURN(StoredStatement stored, LockSeen(changing, request.id()));
  RETURN_IF_ERROR(CheckVersion(stored.statement, request.etag()));
  RETURN_IF_ERROR(Change(stored.statement, changing.now()));
  const absl::CivilDay today = SwedishDay(changing.now());
  ASSIGN_OR_RETURN(v1::CalculationInput input, InputOf(stored));
  RETURN_IF_ERROR(Merge(request, input));
  FillIn(facts, today, input);
  stored.content.input = input.SerializeAsString();
  ASSIGN_OR_RETURN(v1::CostStatement changed,
                   View(stored, {parts_.rates.All(changing.tx()), today, parts_.confirmation}));
  parts_.statements.Update(changing.tx(), stored);
  Tell(changing, stored.statement, "CHANGED");
  return changed;
}

grpc::ServerUnaryReactor* CostStatementService::DeleteCostStatement(
    grpc::CallbackServerContext* context, const v1::DeleteCostStatementRequest* request,
    google::protobuf::Empty* response) {
  return rpc_.Change(
      *context, *request, *response,
      [this](rpc::Changing& changing, const auto& asked) { return Delete(changing, asked); });
}

absl::StatusOr<google::protobuf::Empty> CostStatementService::Delete(
    rpc::Changing& changing, const v1::DeleteCostStatementRequest& request) {
  ASSIGN_OR_RETURN(StoredStatement stored, LockSeen(changing, request.id()));
  RETURN_IF_ERROR(CheckVersion(stored.statement, request.etag()));
  RETURN_IF_ERROR(Change(stored.statement, changing.now()));
  parts_.statements.DeleteDraft(changing.tx(), stored.statement.id);
  Tell(changing, stored.statement, "DELETED");
  return google::protobuf::Empty();
}

grpc::ServerUnaryReactor* CostStatementService::FileCostStatement(
    grpc::CallbackServerContext* context, const v1::FileCostStatementRequest* request,
    v1::CostStatement* response) {
  return ChangeWithFacts(*context, *request, *response, &CostStatementService::File);
}

absl::StatusOr<v1::CostStatement> CostStatementService::File(
    rpc::Changing& changing, const v1::FileCostStatementRequest& request, const TaxFacts& facts) {
  ASSIGN_OR_RETURN(StoredStatement draft, LockSeen(changing, request.id()));
  return changing.Once<v1::CostStatement>(request.idempotency_key(), request, [&] {
    return FileLocked(changing, std::move(draft), request, facts);
  });
}

absl::StatusOr<v1::CostStatement> CostStatementService::FileLocked(
    rpc::Changing& changing, StoredStatement draft, const v1::FileCostStatementRequest& request,
    const TaxFacts& facts) {
  RETURN_IF_ERROR(CheckVersion(draft.statement, request.etag()));
  RETURN_IF_ERROR(CheckConfirmation(parts_.confirmation));
  const RateTable rates = parts_.rates.All(changing.tx());
  const absl::CivilDay today = SwedishDay(changing.now());
  ASSIGN_OR_RETURN(MadeFiling filing, MakeFiling(std::move(draft), facts, rates, changing.now()));
  filing.receipt.number =
      ReceiptNumber(today.year(), parts_.receipts.NextSerial(changing.tx(), today.year()));
  parts_.statements.Update(changing.tx(), filing.stored);
  parts_.receipts.Insert(changing.tx(), filing.receipt);
  Tell(changing, filing.stored.statement, "FILED");
  return View(filing.stored, {rates, today, parts_.confirmation});
}

grpc::ServerUnaryReactor* CostStatementService::GetReceipt(grpc::CallbackServerContext* context,
                                                           const v1::GetReceiptRequest* request,
                                                           v1::Receipt* response) {
  return rpc_.Read(*context, *request, *response, [this](rpc::Reading& reading, const auto& asked) {
    return FindReceipt(reading, asked);
  });
}

absl::StatusOr<v1::Receipt> CostStatementService::FindReceipt(
    rpc::Reading& reading, const v1::GetReceiptRequest& request) {
  ASSIGN_OR_RETURN(const CostStatementId id, CostStatementId::Parse(request.cost_statement_id()));
  reading.Saw(id.text());
  const std::optional<Receipt> receipt = parts_.receipts.Find(reading.tx(), ReaderOf(reading), id);
  if (!receipt) return NotSeen(reading, id);
  return ToProto(*receipt);
}

absl::StatusOr<StoredStatement> CostStatementService::LockSeen(rpc::Changing& changing,
                                                               const std::string& text) {
  ASSIGN_OR_RETURN(const CostStatementId id, CostStatementId::Parse(text));
  changing.Saw(id.text());
  ASSIGN_OR_RETURN(std::optional<StoredStatement> stored,
                   parts_.statements.Lock(changing.tx(), ReaderOf(changing), id));
  if (!stored) return NotSeen(changing, id);
  return *std::move(stored);
}

absl::Status CostStatementService::NotSeen(rpc::Reading& reading, const CostStatementId& id) {
  const std::optional<AppointmentId> appointment =
      parts_.statements.AppointmentOf(reading.tx(), ReaderOf(reading).counsel, id);
  return appointment ? access::NotSeen(reading, appointment->text()) : Refuse(kNotFound);
}

}  // namespace bitrade::billing
