// The stores of registry, made once in main.
#pragma once

#include "services/registry/counsel/store.h"
#include "services/registry/delegations/browser_store.h"
#include "services/registry/delegations/facts_store.h"
#include "services/registry/delegations/store.h"
#include "services/registry/guide/store.h"
#include "services/registry/payout_accounts/store.h"
#include "services/registry/support_tickets/store.h"

namespace bitrade::registry {

struct Stores {
  explicit Stores(const crypto::Keyring& keyring)
      : delegations(keyring),
        browsers(keyring),
        payout_accounts(keyring),
        support_tickets(keyring) {}

  CounselStore counsel;
  DelegationStore delegations;
  DelegationFactsStore delegation_facts;
  BrowserStore browsers;
  GuideStore guide;
  PayoutAccountStore payout_accounts;
  SupportTicketStore support_tickets;
};

}  // namespace bitrade::registry
