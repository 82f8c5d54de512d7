// Begins the orders of signatures, and asks BankID about every open order every two seconds, with
// any number of replicas: who takes an order has it alone until its lease ends, and another goes on
// when it does not come back.
#pragma once

#include <memory>

#include "absl/time/time.h"
#include "services/common/base/clock.h"
#include "services/common/postgres/connection.h"
#include "services/identity/bankid/client.h"
#include "services/identity/orders/recorder.h"
#include "services/identity/signatures/sign_requests.h"

namespace bitrade::identity {

// How long a taken order is left to whoever took it: longer than kCallTime, which any call lasts at
// most.
constexpr absl::Duration kLease = absl::Seconds(7);

// Used by one thread; BankID's answers come in from the client's own.
class Collector {
 public:
  // All must outlive the collector.
  Collector(BankIdClient& bankid, OrderRecorder& recorder, OrderStore& orders,
            SignRequests& requests, const Clock& clock);

  // Records what BankID has answered, then takes the orders that are due and asks about them. Does
  // not wait for the answers. What the database does not take now is recorded in a later round.
  void Round(postgres::Connection& connection);

  // Waits until there is an answer to record, for `most` at most.
  void AwaitAnswer(absl::Duration most);

  // Records what is still answered to earlier rounds and asks nothing more, for `most` at most: the
  // end of an order that was told to us would be lost with us.
  void Settle(postgres::Connection& connection, absl::Duration most);

 private:
  struct Inbox;

  void RecordAnswers(postgres::Connection& connection);
  bool TakeSome(postgres::Connection& connection);
  void Ask(postgres::Connection& connection, const TakenOrder& taken);
  void AskToBegin(postgres::Connection& connection, const TakenOrder& taken);
  void AskToCollect(const TakenOrder& taken);
  void AskToCancel(const TakenOrder& taken);

  BankIdClient& bankid_;
  OrderRecorder& recorder_;
  OrderStore& orders_;
  SignRequests& requests_;
  const Clock& clock_;
  // The callbacks of calls that outlive this object have it too.
  const std::shared_ptr<Inbox> inbox_;
};

}  // namespace bitrade::identity
