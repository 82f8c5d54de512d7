// What the process is made of, in the order of dependence; destroyed in the reverse, the collector
// before the client that it calls.
#pragma once

#include <memory>
#include <utility>

#include "services/common/rpc/process.h"
#include "services/identity/orders/collector_thread.h"
#include "services/identity/tickets/store.h"

namespace bitrade::identity {

struct Parts {
  Parts(const rpc::Process& process, IdSource& ids, crypto::Signer ticket_signer,
        std::unique_ptr<BankIdClient> client)
      : signer(std::move(ticket_signer)),
        persons(process.keyring()),
        logins(process.keyring()),
        orders(process.keyring()),
        bankid(std::move(client)),
        recorder(logins, orders, persons, ids),
        collector(*bankid, recorder, orders, process.clock()),
        thread(collector, process.config().database_url) {}

  crypto::Signer signer;
  PersonStore persons;
  LoginStore logins;
  OrderStore orders;
  RevocationStore revocations;
  std::unique_ptr<BankIdClient> bankid;
  OrderRecorder recorder;
  Collector collector;
  CollectorThread thread;
};

}  // namespace bitrade::identity
