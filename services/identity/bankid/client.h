// BankID's relying-party interface, version 6, for a service that has many log-ins in progress at
// once.
//
//   ASSIGN_OR_RETURN(const auto bankid, BankIdClient::Start(endpoint));
//   bankid->Auth({.end_user_ip = ip, .certificate_policies = policies}, [](auto answer) { … });
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/identity/bankid/messages.h"
#include "services/identity/bankid/poster.h"

namespace bitrade::identity {

// Calls return at once. Each callback is called exactly once on the client's own thread, which it
// must not hold up; it may make the next call. Destroying the client ends open calls with
// BANKID_UNAVAILABLE. Thread-safe, except that a callback must not destroy it.
//
// Errors of every call: BANKID_UNAVAILABLE, BANKID_FAULT.
class BankIdClient {
 public:
  using AuthDone = std::function<void(absl::StatusOr<AuthAnswer>)>;
  using CollectDone = std::function<void(absl::StatusOr<CollectAnswer>)>;
  using CancelDone = std::function<void(absl::Status)>;

  // Errors: FAILED_PRECONDITION for a URL that is not https and for files that cannot be read.
  static absl::StatusOr<std::unique_ptr<BankIdClient>> Start(const BankIdEndpoint& endpoint);

  // Begins an order. Not to be repeated after BANKID_UNAVAILABLE: there may be an order already,
  // which then expires by itself.
  //
  // Errors: BANKID_ALREADY_IN_PROGRESS, BANKID_REFUSED.
  void Auth(const AuthRequest& request, AuthDone done);

  // The same for a signature of one person.
  //
  // Errors: BANKID_ALREADY_IN_PROGRESS, as long as that person has another order; BANKID_REFUSED.
  void Sign(const SignRequest& request, AuthDone done);

  // Asks how far an order is: every two seconds, by one caller. The end of an order is told once.
  //
  // Errors: BANKID_ORDER_GONE.
  void Collect(absl::string_view order_ref, CollectDone done);

  // Ends an order that is in progress.
  //
  // Errors: BANKID_ORDER_GONE, also for an order that ended meanwhile.
  void Cancel(absl::string_view order_ref, CancelDone done);

 private:
  explicit BankIdClient(std::unique_ptr<Poster> poster) : poster_(std::move(poster)) {}

  std::unique_ptr<Poster> poster_;
};

}  // namespace bitrade::identity
