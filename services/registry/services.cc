#include "services/registry/services.h"

#include "services/registry/counsel/service.h"
#include "services/registry/delegations/access_service.h"
#include "services/registry/delegations/agency_service.h"
#include "services/registry/delegations/service.h"
#include "services/registry/guide/service.h"
#include "services/registry/payout_accounts/service.h"
#include "services/registry/profiles/service.h"
#include "services/registry/support_tickets/service.h"

namespace bitrade::registry {

std::vector<std::unique_ptr<grpc::Service>> MakeServices(rpc::Rpc& rpc, Stores& stores,
                                                         const Asked& asked,
                                                         Confirmation confirmation) {
  std::vector<std::unique_ptr<grpc::Service>> all;
  all.push_back(std::make_unique<CounselService>(rpc, stores.counsel));
  all.push_back(std::make_unique<CounselFactsService>(rpc, stores.counsel));
  all.push_back(std::make_unique<CounselAgencyService>(rpc, stores.counsel, asked.identity));
  all.push_back(std::make_unique<DelegationService>(rpc, stores.delegations, asked.identity,
                                                    asked.signatures, confirmation));
  all.push_back(std::make_unique<DelegationAgencyService>(rpc, stores.delegations));
  all.push_back(std::make_unique<AccessService>(rpc, stores.delegation_facts));
  all.push_back(std::make_unique<ProfileService>(rpc, stores.counsel, stores.delegation_facts,
                                                 stores.browsers));
  all.push_back(std::make_unique<GuideService>(rpc, stores.guide));
  all.push_back(
      std::make_unique<PayoutAccountService>(rpc, stores.payout_accounts, asked.signatures));
  all.push_back(std::make_unique<SupportTicketService>(rpc, stores.support_tickets));
  all.push_back(std::make_unique<SupportDeskService>(rpc, stores.support_tickets));
  return all;
}

}  // namespace bitrade::registry
