#include "services/registry/support_tickets/convert.h"

#include "absl/strings/str_cat.h"
#include "services/common/rpc/timestamp.h"

namespace bitrade::registry {

SupportForm FromProto(const v1::CreateSupportTicketRequest& request) {
  return {.what = request.what(),
          .occur_time =
              request.has_occur_time() ? rpc::ReadTime(request.occur_time()) : absl::InfinitePast(),
          .which_browser = request.which_browser(),
          .error_reference = request.error_reference(),
          .contact = request.contact()};
}

v1::SupportTicketReceipt ReceiptOf(const SupportTicket& ticket) {
  v1::SupportTicketReceipt out;
  out.set_reference(ticket.reference);
  rpc::SetTime(ticket.create_time, *out.mutable_create_time());
  return out;
}

v1::SupportTicket ToProto(const SupportTicket& ticket) {
  v1::SupportTicket out;
  out.set_id(ticket.id.text());
  out.set_reference(ticket.reference);
  out.set_what(ticket.form.what);
  rpc::SetTime(ticket.form.occur_time, *out.mutable_occur_time());
  out.set_which_browser(ticket.form.which_browser);
  out.set_error_reference(ticket.form.error_reference);
  out.set_contact(ticket.form.contact);
  out.set_masked_numbers(ticket.masked);
  if (ticket.answer) {
    out.set_answer(ticket.answer->text);
    out.set_officer(ticket.answer->officer);
  }
  out.set_state(ticket.answer ? v1::SupportTicket::ANSWERED : v1::SupportTicket::OPEN);
  rpc::SetTime(ticket.create_time, *out.mutable_create_time());
  rpc::SetTime(ticket.update_time, *out.mutable_update_time());
  out.set_etag(absl::StrCat(ticket.version));
  return out;
}

}  // namespace bitrade::registry
