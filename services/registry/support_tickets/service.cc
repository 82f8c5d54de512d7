#include "services/registry/support_tickets/service.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/common/base/status_macros.h"
#include "services/common/crypto/digest.h"
#include "services/common/rpc/paging.h"
#include "services/registry/domain/sender_network.h"
#include "services/registry/support_tickets/convert.h"

namespace bitrade::registry {
namespace {

constexpr size_t kReferenceBytes = 8;

}  // namespace

grpc::ServerUnaryReactor* SupportTicketService::CreateSupportTicket(
    grpc::CallbackServerContext* context, const v1::CreateSupportTicketRequest* request,
    v1::SupportTicketReceipt* response) {
  return rpc_.Change(
      *context, *request, *response,
      [this](rpc::Changing& changing, const auto& asked) { return Create(changing, asked); });
}

// What is wrong in itself is told before anything is counted: a form that is mended counts once.
absl::StatusOr<v1::SupportTicketReceipt> SupportTicketService::Create(
    rpc::Changing& changing, const v1::CreateSupportTicketRequest& request) {
  ASSIGN_OR_RETURN(const SupportTicket ticket,
                   MakeSupportTicket(FromProto(request), changing.NewId<SupportTicketId>(),
                                     crypto::RandomBytes(kReferenceBytes), changing.now()));
  const std::string sender = SenderNetwork(request.browser().address());
  RETURN_IF_ERROR(CheckIntake(store_.Intake(changing.tx(), sender, changing.now())));
  store_.Insert(changing.tx(), ticket, sender);
  changing.Saw(ticket.id.text());
  return ReceiptOf(ticket);
}

grpc::ServerUnaryReactor* SupportDeskService::ListSupportTickets(
    grpc::CallbackServerContext* context, const v1::ListSupportTicketsRequest* request,
    v1::ListSupportTicketsResponse* response) {
  return rpc_.Read(*context, *request, *response, [this](rpc::Reading& reading, const auto& asked) {
    return List(reading, asked);
  });
}

absl::StatusOr<v1::ListSupportTicketsResponse> SupportDeskService::List(
    rpc::Reading& reading, const v1::ListSupportTicketsRequest& request) {
  ASSIGN_OR_RETURN(const rpc::PageRows rows,
                   rpc::PageRowsOf(request.limit(), request.page(), /*cursor=*/""));
  const bool answered = request.state() == v1::SupportTicket::ANSWERED;
  ASSIGN_OR_RETURN(
      const SupportTicketPage page,
      store_.List(reading.tx(), {.state = answered ? SupportState::kAnswered : SupportState::kOpen,
                                 .reference = request.reference(),
                                 .limit = rows.limit,
                                 .offset = rows.offset}));
  v1::ListSupportTicketsResponse response;
  response.set_total(page.total);
  for (const SupportTicket& ticket : page.tickets) {
    reading.Saw(ticket.id.text());
    *response.add_support_tickets() = ToProto(ticket);
  }
  return response;
}

grpc::ServerUnaryReactor* SupportDeskService::AnswerSupportTicket(
    grpc::CallbackServerContext* context, const v1::AnswerSupportTicketRequest* request,
    v1::SupportTicket* response) {
  return rpc_.Change(
      *context, *request, *response,
      [this](rpc::Changing& changing, const auto& asked) { return Answer(changing, asked); });
}

absl::StatusOr<v1::SupportTicket> SupportDeskService::Answer(
    rpc::Changing& changing, const v1::AnswerSupportTicketRequest& request) {
  ASSIGN_OR_RETURN(const SupportTicketId id, SupportTicketId::Parse(request.id()));
  changing.Saw(id.text());
  ASSIGN_OR_RETURN(std::optional<SupportTicket> ticket, store_.Lock(changing.tx(), id));
  if (!ticket) return Refuse(kNotFound);
  return changing.Once<v1::SupportTicket>(request.idempotency_key(), request, [&] {
    return AnswerLocked(changing, *std::move(ticket), request);
  });
}

absl::StatusOr<v1::SupportTicket> SupportDeskService::AnswerLocked(
    rpc::Changing& changing, SupportTicket ticket, const v1::AnswerSupportTicketRequest& request) {
  if (request.etag() != absl::StrCat(ticket.version)) return Refuse(kEtagMismatch);
  RETURN_IF_ERROR(registry::AnswerSupportTicket(
      ticket, {.text = request.text(), .officer = request.officer(), .time = changing.now()}));
  store_.Update(changing.tx(), ticket);
  return ToProto(ticket);
}

}  // namespace bitrade::registry
