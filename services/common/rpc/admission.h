// Who calls, and whether the RPC is open to such a caller: the first step of every call.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/common/rpc/caller.h"
#include "services/common/rpc/method.h"
#include "services/common/rpc/tickets.h"

namespace grpc {
class ServerContextBase;
}

namespace bitrade::rpc {

// Thread-safe.
class Admission {
 public:
  Admission(TicketVerifier& tickets, std::string trust_domain)
      : tickets_(tickets), trust_domain_(std::move(trust_domain)) {}

  // Reads certificate and metadata of a call: what a refusal is logged with as well. A caller who
  // is unknown has an empty process.
  Caller Recognize(const grpc::ServerContextBase& context) const;

  // Makes `caller` the person whose ticket the call brings, if it brings one.
  // Errors: UNAUTHENTICATED for a ticket that does not hold, PERMISSION_DENIED for one that anybody
  // but the gateway brings.
  absl::Status Prove(const grpc::ServerContextBase& context, absl::Time now, Caller& caller) const;

  // Checks `caller` against the RPC's roles. Errors: UNAUTHENTICATED when only a person may call
  // and there is none, PERMISSION_DENIED, OFFICER_REQUIRED for a case system's change without an
  // officer.
  static absl::StatusOr<Role> Authorize(const Caller& caller, const Method& method);

 private:
  TicketVerifier& tickets_;
  const std::string trust_domain_;
};

}  // namespace bitrade::rpc
