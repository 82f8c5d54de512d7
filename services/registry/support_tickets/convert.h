// Support tickets between the domain and the wire.
#pragma once

#include "absl/status/statusor.h"
#include "bitrade/registry/v1/support_desk_service.pb.h"
#include "bitrade/registry/v1/support_ticket_service.pb.h"
#include "services/registry/domain/support_ticket.h"

namespace bitrade::registry {

// Returns what the sender wrote, unchecked; a time that is missing is the infinite past.
SupportForm FromProto(const v1::CreateSupportTicketRequest& request);

// Returns what the sender keeps.
v1::SupportTicketReceipt ReceiptOf(const SupportTicket& ticket);

// Returns a ticket as support staff see it.
v1::SupportTicket ToProto(const SupportTicket& ticket);

}  // namespace bitrade::registry
