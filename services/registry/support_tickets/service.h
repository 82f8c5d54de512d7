// The RPCs on support tickets: for everybody, and for the support desk.
#pragma once

#include "bitrade/registry/v1/support_desk_service.grpc.pb.h"
#include "bitrade/registry/v1/support_ticket_service.grpc.pb.h"
#include "services/common/rpc/rpc.h"
#include "services/registry/support_tickets/store.h"

namespace bitrade::registry {

class SupportTicketService final : public v1::SupportTicketService::CallbackService {
 public:
  SupportTicketService(rpc::Rpc& rpc, SupportTicketStore& store) : rpc_(rpc), store_(store) {}

  grpc::ServerUnaryReactor* CreateSupportTicket(grpc::CallbackServerContext* context,
                                                const v1::CreateSupportTicketRequest* request,
                                                v1::SupportTicketReceipt* response) override;

 private:
  absl::StatusOr<v1::SupportTicketReceipt> Create(rpc::Changing& changing,
                                                  const v1::CreateSupportTicketRequest& request);

  rpc::Rpc& rpc_;
  SupportTicketStore& store_;
};

class SupportDeskService final : public v1::SupportDeskService::CallbackService {
 public:
  SupportDeskService(rpc::Rpc& rpc, SupportTicketStore& store) : rpc_(rpc), store_(store) {}

  grpc::ServerUnaryReactor* ListSupportTickets(grpc::CallbackServerContext* context,
                                               const v1::ListSupportTicketsRequest* request,
                                               v1::ListSupportTicketsResponse* response) override;
  grpc::ServerUnaryReactor* AnswerSupportTicket(grpc::CallbackServerContext* context,
                                                const v1::AnswerSupportTicketRequest* request,
                                                v1::SupportTicket* response) override;

 private:
  absl::StatusOr<v1::ListSupportTicketsResponse> List(rpc::Reading& reading,
                                                      const v1::ListSupportTicketsRequest& request);
  absl::StatusOr<v1::SupportTicket> Answer(rpc::Changing& changing,
                                           const v1::AnswerSupportTicketRequest& request);
  absl::StatusOr<v1::SupportTicket> AnswerLocked(rpc::Changing& changing, SupportTicket ticket,
                                                 const v1::AnswerSupportTicketRequest& request);

  rpc::Rpc& rpc_;
  SupportTicketStore& store_;
};

}  // namespace bitrade::registry
