// What answers an RPC once its request is a message and the caller is known.
#pragma once

#include <functional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "gateway/pipeline/exchange.h"

namespace bitrade::gateway {

// Must not block; answers the exchange now or later, from any thread.
using Handler = std::function<void(ExchangePtr)>;

// The handlers of the RPCs that the gateway answers itself. Each RPC has a request of its own, so
// the type of the request names it.
class Handlers {
 public:
  template <typename Request>
  void Add(std::function<void(ExchangePtr, const Request&)> handler) {
    by_request_[Request::descriptor()] = [handler = std::move(handler)](ExchangePtr exchange) {
      const auto& request = static_cast<const Request&>(*exchange->message);
      handler(std::move(exchange), request);
    };
  }

  // Finds the handler of the RPC that takes `request`; null without one.
  Handler Find(const google::protobuf::Descriptor* request) const {
    const auto found = by_request_.find(request);
    return found == by_request_.end() ? Handler() : found->second;
  }

 private:
  absl::flat_hash_map<const google::protobuf::Descriptor*, Handler> by_request_;
};

}  // namespace bitrade::gateway
