#include "services/billing/cost_statements/agency_service.h"

#include "services/billing/cost_statements/convert.h"
#include "services/billing/cost_statements/overlaps.h"
#include "services/billing/cost_statements/view.h"
#include "services/common/access/projection.h"
#include "services/common/base/status_macros.h"
#include "services/common/log/log.h"
#include "services/common/rpc/paging.h"

namespace bitrade::billing {
namespace {

// What a gRPC client takes in one message without being told is 4 MiB.
constexpr size_t kLargestAnswer = size_t{3} * 1024 * 1024;

// What does not open is shown all the same, without its claim: it waits, and must not be forgotten.
absl::StatusOr<v1::FiledCostStatement> ViewFiled(const FiledStatement& filed) {
  v1::FiledCostStatement out;
  if (filed.opened.ok()) {
    ASSIGN_OR_RETURN(*out.mutable_cost_statement(), View(filed.stored, {RateTable({}), {}}));
  } else {
    *out.mutable_cost_statement() = ToProto(filed.stored.statement);
  }
  *out.mutable_receipt() = ToProto(filed.receipt);
  out.set_manifest(filed.stored.content.manifest);
  return out;
}

void TellBroken(const FiledStatement& filed, absl::Time now) {
  log::Write(log::Level::kError, "a filed cost statement does not open", now,
             {{"cost_statement_id", filed.stored.statement.id.text()},
              {"reason", ReasonOf(filed.opened)}});
}

// Adds as many as an answer holds, one at least, however large; returns how many.
absl::StatusOr<size_t> Fill(const std::vector<FiledStatement>& all, size_t limit,
                            v1::ListUnregisteredResponse& response) {
  size_t size = 0;
  size_t shown = 0;
  for (; shown < all.size() && shown < limit; ++shown) {
    ASSIGN_OR_RETURN(v1::FiledCostStatement out, ViewFiled(all[shown]));
    size += out.ByteSizeLong();
    if (size > kLargestAnswer && shown > 0) break;
    *response.add_cost_statements() = std::move(out);
  }
  return shown;
}

}  // namespace

CostStatementAgencyService::CostStatementAgencyService(rpc::Rpc& rpc, ReceiptStore& receipts,
                                                       ClaimedTimeStore& claimed,
                                                       const rpc::PolicyFile& policy)
    : rpc_(rpc), receipts_(receipts), claimed_(claimed), policy_(policy) {
  rpc.parts().metrics.Gauge("bitrade_wrong_digests", "Acknowledgements with another digest",
                            [this] { return static_cast<double>(wrong_digests_); });
}

grpc::ServerUnaryReactor* CostStatementAgencyService::ListUnregistered(
    grpc::CallbackServerContext* context, const v1::ListUnregisteredRequest* request,
    v1::ListUnregisteredResponse* response) {
  return rpc_.Read(*context, *request, *response, [this](rpc::Reading& reading, const auto& asked) {
    return List(reading, asked);
  });
}

absl::StatusOr<v1::ListUnregisteredResponse> CostStatementAgencyService::List(
    rpc::Reading& reading, const v1::ListUnregisteredRequest& request) {
  ASSIGN_OR_RETURN(const rpc::PageRows rows,
                   rpc::PageRowsOf(request.limit(), /*page=*/0, request.cursor()));
  WaitingRows waiting{.limit = rows.limit + 1};
  if (!request.cursor().empty()) waiting.after = CostStatementId::Trusted(rows.before);
  const std::vector<FiledStatement> all =
      receipts_.Unregistered(reading.tx(), policy_.ReachOf(reading.caller().process), waiting);
  for (const FiledStatement& filed : all) {
    if (!filed.opened.ok()) TellBroken(filed, reading.now());
  }
  v1::ListUnregisteredResponse response;
  ASSIGN_OR_RETURN(const size_t shown, Fill(all, static_cast<size_t>(rows.limit), response));
  std::vector<v1::CostStatement*> statements;
  for (v1::FiledCostStatement& filed : *response.mutable_cost_statements()) {
    reading.Saw(filed.cost_statement().id());
    statements.push_back(filed.mutable_cost_statement());
  }
  ShowOverlapsToAgency(reading, claimed_, statements);
  if (shown < all.size()) response.set_next_cursor(rpc::CursorAfter(statements.back()->id()));
  return response;
}

grpc::ServerUnaryReactor* CostStatementAgencyService::Acknowledge(
    grpc::CallbackServerContext* context, const v1::AcknowledgeRequest* request,
    v1::CostStatement* response) {
  return rpc_.Change(
      *context, *request, *response,
      [this](rpc::Changing& changing, const auto& asked) { return Register(changing, asked); });
}

absl::StatusOr<v1::CostStatement> CostStatementAgencyService::Register(
    rpc::Changing& changing, const v1::AcknowledgeRequest& request) {
  ASSIGN_OR_RETURN(const CostStatementId id, FromProto(request));
  changing.Saw(id.text());
  std::optional<Registration> locked = receipts_.Lock(changing.tx(), id);
  if (!locked) return Refuse(kNotFound);
  const Reach reach = policy_.ReachOf(changing.caller().process);
  if (locked->authority.empty()) {
    return access::NotSeen(changing, locked->statement.appointment.text());
  }
  if (!reach.Covers(locked->authority, locked->category)) return Refuse(kNotFound);
  CostStatement& statement = locked->statement;
  const absl::StatusOr<bool> registered =
      billing::Register(statement, locked->receipt, request.manifest_sha256(),
                        request.diary_number(), changing.now());
  if (ReasonOf(registered.status()) == kDigestMismatch.name) Alarm(changing, id);
  RETURN_IF_ERROR(registered.status());
  if (*registered) {
    receipts_.Register(changing.tx(), statement);
    changing.Emit("cost_statement", id.text(), statement.version, "REGISTERED",
                  EventData(statement));
  }
  return ToProto(statement);
}

// Either side's copy is not what the counsel confirmed: somebody must look before anything is paid.
void CostStatementAgencyService::Alarm(const rpc::Changing& changing, const CostStatementId& id) {
  ++wrong_digests_;
  log::Write(log::Level::kError, "a cost statement was stored with another digest", changing.now(),
             {{"cost_statement_id", id.text()},
              {"caller", changing.caller().process},
              {"request_id", changing.caller().request_id}});
}

}  // namespace bitrade::billing
