#include "services/billing/cost_statements/service.h"

#include <algorithm>
#include <utility>

#include "services/billing/cost_statements/convert.h"
#include "services/billing/cost_statements/overlaps.h"
#include "services/billing/cost_statements/seen.h"
#include "services/billing/cost_statements/view.h"
#include "services/common/access/projection.h"
#include "services/common/base/status_macros.h"
#include "services/common/base/swedish_time.h"
#include "services/common/error/id_field.h"
#include "services/common/rpc/change_then.h"
#include "services/common/rpc/paging.h"

namespace bitrade::billing {
namespace {

bool IsDraft(const StoredStatement& stored) { return stored.statement.state == State::kDraft; }

}  // namespace

template <typename Request>
grpc::ServerUnaryReactor* CostStatementService::ChangeWithFacts(
    grpc::CallbackServerContext& context, const Request& request, v1::CostStatement& response,
    absl::StatusOr<v1::CostStatement> (Changes::*change)(const Request&, const TaxFacts&)) {
  return rpc_.ChangeWith<TaxFacts>(
      context, request, response,
      [this](const rpc::Outgoing& outgoing, const Request& /*asked*/, auto done) {
        registry_.GetTaxFacts(outgoing, outgoing.acting_for, std::move(done));
      },
      [this, change](rpc::Changing& changing, const Request& asked, const TaxFacts& facts) {
        return (Changes(changing, parts_).*change)(asked, facts);
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
  ASSIGN_OR_RETURN(const AppointmentId appointment,
                   ParseId<AppointmentId>(request.appointment_id(), "appointment_id"));
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
  const Viewing viewing{rates, SwedishDay(reading.now()), HandOf(reading)};
  v1::ListCostStatementsResponse response;
  response.set_total(page.total);
  for (const StoredStatement& stored : page.statements) {
    reading.Saw(stored.statement.id.text());
    ASSIGN_OR_RETURN(*response.add_cost_statements(), ViewInList(stored, viewing));
  }
  return response;
}

grpc::ServerUnaryReactor* CostStatementService::CreateCostStatement(
    grpc::CallbackServerContext* context, const v1::CreateCostStatementRequest* request,
    v1::CostStatement* response) {
  return ChangeWithFacts(*context, *request, *response, &Changes::Create);
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
  ASSIGN_OR_RETURN(const CostStatementId id, ParseId<CostStatementId>(request.id(), "id"));
  reading.Saw(id.text());
  ASSIGN_OR_RETURN(const std::optional<StoredStatement> stored,
                   parts_.statements.Find(reading.tx(), ReaderOf(reading), id));
  if (!stored) return NotSeen(reading, parts_.statements, id);
  const RateTable rates = IsDraft(*stored) ? parts_.rates.All(reading.tx()) : RateTable({});
  ASSIGN_OR_RETURN(v1::CostStatement shown,
                   ViewAnyway(*stored, {rates, SwedishDay(reading.now()), HandOf(reading)}));
  ShowOverlaps(reading, parts_.claimed, shown);
  return shown;
}

grpc::ServerUnaryReactor* CostStatementService::UpdateCostStatement(
    grpc::CallbackServerContext* context, const v1::UpdateCostStatementRequest* request,
    v1::CostStatement* response) {
  return ChangeWithFacts(*context, *request, *response, &Changes::Update);
}

grpc::ServerUnaryReactor* CostStatementService::DeleteCostStatement(
    grpc::CallbackServerContext* context, const v1::DeleteCostStatementRequest* request,
    google::protobuf::Empty* response) {
  return rpc_.Change(*context, *request, *response,
                     [this](rpc::Changing& changing, const auto& asked) {
                       return Changes(changing, parts_).Delete(asked);
                     });
}

grpc::ServerUnaryReactor* CostStatementService::FileCostStatement(
    grpc::CallbackServerContext* context, const v1::FileCostStatementRequest* request,
    v1::CostStatement* response) {
  return rpc_.ChangeWith<FilingFacts>(
      *context, *request, *response,
      [this](const rpc::Outgoing& outgoing, const auto& asked, auto done) {
        GatherFilingFacts(outgoing, asked.signature_id(), std::move(done));
      },
      [this](rpc::Changing& changing, const auto& asked, const FilingFacts& facts) {
        return Changes(changing, parts_).File(asked, facts);
      });
}

void CostStatementService::GatherFilingFacts(
    const rpc::Outgoing& outgoing, const std::string& signature_id,
    std::function<void(absl::StatusOr<FilingFacts>)> done) {
  const auto with_tax = [this, outgoing, signature_id,
                         done = std::move(done)](const absl::StatusOr<TaxFacts>& tax) {
    if (!tax.ok()) return done(tax.status());
    signatures_.GatherFact(
        outgoing, signature_id,
        [tax = *tax, done](const absl::StatusOr<std::optional<signing::Fact>>& fact) {
          if (!fact.ok()) return done(fact.status());
          done(FilingFacts{tax, *fact});
        });
  };
  // The counsel alone files, and a counsel's id is the person's id.
  registry_.GetTaxFacts(outgoing, outgoing.person, with_tax);
}

grpc::ServerUnaryReactor* CostStatementService::CreateSignatureRequest(
    grpc::CallbackServerContext* context, const v1::CreateSignatureRequestRequest* request,
    type::v1::SignatureRequest* response) {
  return rpc::ChangeThen<TaxFacts, signing::MadeRequest>(
      rpc_, *context, *request, *response,
      rpc::Steps{[this](const rpc::Outgoing& outgoing, const auto& /*asked*/, auto done) {
                   registry_.GetTaxFacts(outgoing, outgoing.person, std::move(done));
                 },
                 [this](rpc::Changing& changing, const auto& asked, const TaxFacts& facts) {
                   return Changes(changing, parts_).RequestSignature(asked, facts);
                 },
                 [this](const rpc::Outgoing& outgoing, const signing::MadeRequest& made,
                        auto done) { signatures_.Tell(outgoing, made, std::move(done)); }});
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
  ASSIGN_OR_RETURN(const CostStatementId id,
                   ParseId<CostStatementId>(request.cost_statement_id(), "cost_statement_id"));
  reading.Saw(id.text());
  const std::optional<Receipt> receipt = parts_.receipts.Find(reading.tx(), ReaderOf(reading), id);
  if (!receipt) return NotSeen(reading, parts_.statements, id);
  return ToProto(*receipt);
}

}  // namespace bitrade::billing
