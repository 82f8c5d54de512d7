// Who a person is, as a process.
#include "migrations/common_schema.h"
#include "migrations/identity_schema.h"
#include "services/common/base/status_macros.h"
#include "services/common/rpc/service_main.h"
#include "services/identity/logins/service.h"
#include "services/identity/oidc_logins/service.h"
#include "services/identity/parts.h"
#include "services/identity/persons/service.h"
#include "services/identity/refusals/service.h"
#include "services/identity/sessions/service.h"
#include "services/identity/settings.h"
#include "services/identity/signatures/service.h"
#include "services/identity/tickets/service.h"

namespace bitrade::identity {
namespace {

absl::Status Wire(rpc::Process& process, const Settings& settings) {
  ASSIGN_OR_RETURN(crypto::Signer signer, crypto::Signer::Load(settings.ticket_signing_key));
  ASSIGN_OR_RETURN(std::unique_ptr<BankIdClient> client, BankIdClient::Start(settings.bankid));
  ASSIGN_OR_RETURN(EvidenceVerifier verifier,
                   EvidenceVerifier::Load(settings.signing_root, settings.bankid.certificate_file));
  ASSIGN_OR_RETURN(auto telia, StartTelia(settings.telia, process.clock()));
  auto parts = std::make_shared<Parts>(
      process, process.ids(), settings.terms,
      Loaded{std::move(signer), std::move(client), std::move(verifier), std::move(telia)});
  rpc::Rpc& rpc = process.rpc();
  rpc::TicketVerifier& tickets = process.tickets();
  process.Keep(parts);
  ShowIn(process.metrics(), parts);
  process.Serve(std::make_unique<ConfirmationService>(rpc, parts->ForConfirmations()));
  process.Serve(
      std::make_unique<LoginService>(rpc, parts->ForLogins(process.clock()), settings.terms));
  process.Serve(std::make_unique<OidcLoginService>(rpc, parts->ForOidcLogins(tickets)));
  process.Serve(std::make_unique<PersonService>(rpc, parts->persons));
  process.Serve(std::make_unique<RefusalService>(rpc));
  process.Serve(std::make_unique<SessionService>(rpc, tickets, parts->signer, parts->revocations));
  process.Serve(std::make_unique<SessionDeskService>(rpc, parts->revocations));
  process.Serve(std::make_unique<SignatureRequestService>(rpc, parts->signatures, parts->orders,
                                                          parts->Confirming()));
  process.Serve(std::make_unique<SignatureService>(rpc, parts->signatures, parts->orders));
  process.Serve(std::make_unique<TicketService>(rpc, tickets, parts->signer, parts->revocations));
  return absl::OkStatus();
}

}  // namespace
}  // namespace bitrade::identity

int main(int argc, char** argv) {
  using namespace bitrade;
  identity::Settings settings;
  return rpc::ServiceMain(
      argc, argv,
      {.name = "identity",
       .neighbours = {},
       .plan = rpc::PlanOf({common_schema(), identity_schema()}),
       .read_settings = [&](config::Env& env) { settings = identity::ReadSettings(env); },
       .wire = [&](rpc::Process& process) { return identity::Wire(process, settings); }});
}
