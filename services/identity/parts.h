// What the process is made of, in the order of dependence; destroyed in the reverse, the collector
// before the client that it calls.
#pragma once

#include <memory>
#include <utility>

#include "services/common/rpc/metrics.h"
#include "services/common/rpc/process.h"
#include "services/identity/confirmations/ends.h"
#include "services/identity/confirmations/service.h"
#include "services/identity/logins/ends.h"
#include "services/identity/logins/service.h"
#include "services/identity/oidc_logins/ends.h"
#include "services/identity/oidc_logins/service.h"
#include "services/identity/orders/collector_thread.h"
#include "services/identity/signatures/ends.h"
#include "services/identity/signatures/service.h"
#include "services/identity/tickets/store.h"

namespace bitrade::identity {

// What the process has loaded.
struct Loaded {
  crypto::Signer ticket_signer;
  std::unique_ptr<BankIdClient> client;
  EvidenceVerifier verifier;
  std::unique_ptr<oidc::Provider> telia;  // null where nobody logs in so
};

struct Parts {
  Parts(const rpc::Process& process, IdSource& ids, const OrderTerms& terms, Loaded loaded)
      : signer(std::move(loaded.ticket_signer)),
        persons(process.keyring()),
        logins(process.keyring()),
        signatures(process.keyring()),
        orders(process.keyring()),
        bankid(std::move(loaded.client)),
        judge(std::move(loaded.verifier), terms),
        telia(std::move(loaded.telia)),
        login_ends({logins, orders, persons, ids, judge}, terms.address_rule),
        oidc_logins(process.keyring()),
        oidc_ends({logins, oidc_logins, persons, ids}, telia ? telia->issuer() : ""),
        confirmations(process.keyring()),
        confirmation_ends({signatures, confirmations, persons}),
        signature_ends(signatures, orders, persons, judge),
        recorder(orders, login_ends, signature_ends),
        requests(signatures, persons, terms),
        collector(*bankid, recorder, orders, requests, process.clock()),
        thread(collector, process.config().database_url) {}

  OidcLoginParts ForOidcLogins(rpc::TicketVerifier& verifier) {
    return {logins, oidc_logins, orders, revocations, oidc_ends, verifier, telia.get()};
  }

  LoginParts ForLogins(const Clock& clock) {
    return {logins, orders, *bankid, signer, clock, revocations};
  }

  ConfirmationParts ForConfirmations() {
    return {signatures, confirmations, confirmation_ends, telia.get()};
  }
  Confirmations Confirming() const {
    return telia ? Confirmations::kOffered : Confirmations::kNone;
  }

  crypto::Signer signer;
  PersonStore persons;
  LoginStore logins;
  SignatureStore signatures;
  OrderStore orders;
  RevocationStore revocations;
  std::unique_ptr<BankIdClient> bankid;
  EvidenceJudge judge;
  std::unique_ptr<oidc::Provider> telia;
  LoginEnds login_ends;
  OidcLoginStore oidc_logins;
  OidcLoginEnds oidc_ends;
  ConfirmationStore confirmations;
  ConfirmationEnds confirmation_ends;
  SignatureEnds signature_ends;
  OrderRecorder recorder;
  SignRequests requests;
  Collector collector;
  CollectorThread thread;
};

// Shows in `metrics` what an operator must look at, as long as the parts live.
inline void ShowIn(rpc::Metrics& metrics, const std::weak_ptr<const Parts>& parts) {
  metrics.Gauge("bitrade_bankid_proofs_refused",
                "Completed orders whose proof did not hold, since the start", [parts] {
                  const auto kept = parts.lock();
                  return kept ? static_cast<double>(kept->judge.refused()) : 0.0;
                });
  metrics.Gauge("bitrade_bankid_addresses_differed",
                "Log-ins on the same device that were answered from another address, since the "
                "start",
                [parts] {
                  const auto kept = parts.lock();
                  return kept ? static_cast<double>(kept->login_ends.addresses_differed()) : 0.0;
                });
  metrics.Gauge("bitrade_oidc_answers_refused",
                "Answers of the OpenID provider that were not believed, since the start", [parts] {
                  const auto kept = parts.lock();
                  return kept ? static_cast<double>(kept->oidc_ends.refused() +
                                                    kept->confirmation_ends.refused())
                              : 0.0;
                });
}

}  // namespace bitrade::identity
