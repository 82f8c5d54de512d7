// Every RPC of registry, made in one place: its process serves them, and its tests do.
#pragma once

#include <grpcpp/impl/service_type.h>

#include <memory>
#include <vector>

#include "services/common/rpc/rpc.h"
#include "services/common/signing/client.h"
#include "services/registry/clients/identity.h"
#include "services/registry/delegations/signing.h"
#include "services/registry/stores.h"

namespace bitrade::registry {

// What registry asks of identity.
struct Asked {
  IdentityClient& identity;
  signing::Client& signatures;
};

// `rpc`, `stores` and what is asked must outlive what is returned.
std::vector<std::unique_ptr<grpc::Service>> MakeServices(rpc::Rpc& rpc, Stores& stores,
                                                         const Asked& asked,
                                                         Confirmation confirmation);

}  // namespace bitrade::registry
