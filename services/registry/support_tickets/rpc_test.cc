// Support tickets over the wire: anybody sends one, the support desk reads and answers it.
#include "absl/strings/str_cat.h"
#include "bitrade/registry/v1/support_desk_service.grpc.pb.h"
#include "bitrade/registry/v1/support_ticket_service.grpc.pb.h"
#include "services/common/rpc/timestamp.h"
#include "services/common/testing/catch.h"
#include "services/registry/testing/register.h"

namespace bitrade::registry {
namespace {

using bitrade::testing::CodeOf;
using bitrade::testing::ReasonOf;
using Desk = v1::SupportDeskService::Stub;
using Sender = v1::SupportTicketService::Stub;

struct House : testing::Register {
  House()
      : sender(v1::SupportTicketService::NewStub(gateway->channel())),
        support(keys, registry, "support-desk"),
        desk(v1::SupportDeskService::NewStub(support.channel())) {
    gateway->BringTicket("");
  }

  absl::StatusOr<v1::SupportTicketReceipt> Send(const v1::CreateSupportTicketRequest& request) {
    return gateway->Call(*sender, &Sender::CreateSupportTicket, request);
  }
  absl::StatusOr<v1::ListSupportTicketsResponse> List(const std::string& reference = "") {
    v1::ListSupportTicketsRequest request;
    request.set_reference(reference);
    return support.Call(*desk, &Desk::ListSupportTickets, request);
  }
  absl::StatusOr<v1::SupportTicket> Answer(const v1::SupportTicket& ticket,
                                           const std::string& key) {
    v1::AnswerSupportTicketRequest request;
    request.set_id(ticket.id());
    request.set_text("Vi har rättat felet, se 811218-9876.");
    request.set_officer("desk-7");
    request.set_etag(ticket.etag());
    request.set_idempotency_key(key);
    return support.Call(*desk, &Desk::AnswerSupportTicket, request);
  }

  std::unique_ptr<Sender> sender;
  rpc::testing::Client support;
  std::unique_ptr<Desk> desk;
};

v1::CreateSupportTicketRequest Form(const std::string& address = "192.0.2.1") {
  v1::CreateSupportTicketRequest request;
  request.set_what("Handlingen för 19811218-9876 går inte att öppna.");
  rpc::SetTime(testing::kNow - absl::Hours(1), *request.mutable_occur_time());
  request.set_which_browser("Firefox 128, Windows 11");
  request.set_contact("astrid@exempel.example");
  request.mutable_browser()->set_address(address);
  return request;
}

TEST_CASE("Who is not logged in gets a reference, and the desk finds the ticket by it",
          "[registry][postgres]") {
  House house;
  const auto receipt = house.Send(Form());
  REQUIRE_OK(receipt);
  REQUIRE_OK(house.Send(Form()));

  const auto found = house.List(receipt->reference());

  REQUIRE_OK(found);
  REQUIRE(found->support_tickets_size() == 1);
  const v1::SupportTicket& ticket = found->support_tickets(0);
  CHECK(ticket.what() == "Handlingen för XXXXXXXX-XXXX går inte att öppna.");
  CHECK(ticket.masked_numbers() == 1);
  CHECK(ticket.contact() == "astrid@exempel.example");
  CHECK(ticket.state() == v1::SupportTicket::OPEN);
  CHECK(house.List()->total() == 2);
}

TEST_CASE("The desk answers a ticket once", "[registry][postgres]") {
  House house;
  REQUIRE_OK(house.Send(Form()));
  const v1::SupportTicket ticket = house.List()->support_tickets(0);

  const auto answered = house.Answer(ticket, "key-1");

  REQUIRE_OK(answered);
  CHECK(answered->state() == v1::SupportTicket::ANSWERED);
  CHECK(answered->answer() == "Vi har rättat felet, se XXXXXX-XXXX.");
  CHECK(answered->officer() == "desk-7");
  CHECK(house.Answer(ticket, "key-1")->SerializeAsString() == answered->SerializeAsString());
  CHECK(ReasonOf(house.Answer(ticket, "key-2")) == "ETAG_MISMATCH");
  CHECK(ReasonOf(house.Answer(*answered, "key-3")) == "SUPPORT_TICKET_ANSWERED");
  CHECK(house.List()->total() == 0);
}

TEST_CASE("The sixth ticket of an hour from one network is refused", "[registry][postgres]") {
  House house;
  for (int i = 0; i < 5; ++i) REQUIRE_OK(house.Send(Form("2001:db8::1")));
  CHECK(ReasonOf(house.Send(Form("2001:db8::2"))) == "TOO_MANY_SUPPORT_TICKETS");
  CHECK(house.Send(Form("192.0.2.1")).ok());
  house.clock.Advance(absl::Hours(1));
  CHECK(house.Send(Form("2001:db8::2")).ok());
}

TEST_CASE("A form that is refused is neither stored nor counted", "[registry][postgres]") {
  House house;
  v1::CreateSupportTicketRequest request = Form();
  request.clear_occur_time();
  for (int i = 0; i < 6; ++i) CHECK(ReasonOf(house.Send(request)) == "INVALID_REQUEST");
  CHECK(house.Send(Form()).ok());
  CHECK(house.List()->total() == 1);
}

TEST_CASE("Nobody but the desk reads tickets", "[registry][postgres]") {
  House house;
  REQUIRE_OK(house.Send(Form()));
  for (auto* other : {house.gateway.get(), house.billing.get(), house.agency.get()}) {
    const auto stub = v1::SupportDeskService::NewStub(other->channel());
    CHECK(CodeOf(other->Call(*stub, &Desk::ListSupportTickets, v1::ListSupportTicketsRequest())) ==
          absl::StatusCode::kPermissionDenied);
  }
}

TEST_CASE("Sending and answering are audited, with the ticket and no word of it",
          "[registry][postgres]") {
  House house;
  REQUIRE_OK(house.Send(Form()));
  const v1::SupportTicket ticket = house.List()->support_tickets(0);
  REQUIRE_OK(house.Answer(ticket, "key-1"));

  const auto rows = house.database.Run(
      absl::StrCat("SELECT string_agg(actor || ' ' || split_part(rpc, '/', 2), ', ' ORDER BY seq) "
                   "FROM audit WHERE '",
                   ticket.id(), "' = ANY (object_ids)"));
  CHECK(rows[0][0].as<std::string>() ==
        "gateway CreateSupportTicket, support-desk ListSupportTickets, support-desk "
        "AnswerSupportTicket");
}

}  // namespace
}  // namespace bitrade::registry
