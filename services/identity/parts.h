// What the process is made of, in the order of dependence; destroyed in the reverse, the collector
// before the client that it calls.
#pragma once

#include <memory>
#include <utility>

#include "services/common/rpc/process.h"
#include "services/identity/logins/ends.h"
#include "services/identity/orders/collector_thread.h"
#include "services/identity/signatures/ends.h"
#include "services/identity/tickets/store.h"

namespace bitrade::identity {

struct Parts {
  Parts(const rpc::Process& process, IdSource& ids, const OrderTerms& terms,
        crypto::Signer ticket_signer, std::unique_ptr<BankIdClient> client)
      : signer(std::move(ticket_signer)),
        persons(process.keyring()),
        logins(process.keyring()),
        signatures(process.keyring()),
        orders(process.keyring()),
        bankid(std::move(client)),
        login_ends(logins, orders, persons, ids),
        signature_ends(signatures, orders, persons),
        recorder(orders, login_ends, signature_ends),
        requests(signatures, persons, terms),
        collector(*bankid, recorder, orders, requests, process.clock()),
        thread(collector, process.config().database_url) {}

  crypto::Signer signer;
  PersonStore persons;
  LoginStore logins;
  SignatureStore signatures;
  OrderStore orders;
  RevocationStore revocations;
  std::unique_ptr<BankIdClient> bankid;
  LoginEnds login_ends;
  SignatureEnds signature_ends;
  OrderRecorder recorder;
  SignRequests requests;
  Collector collector;
  CollectorThread thread;
};

}  // namespace bitrade::identity
