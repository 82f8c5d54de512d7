// Which services stand behind the gateway, and at which process each is. What an RPC is like, and
// where it is reached, says its proto.
#pragma once

#include <string>
#include <vector>

namespace google::protobuf {
class ServiceDescriptor;
}  // namespace google::protobuf

namespace bitrade::gateway {

struct Served {
  std::string process;  // "registry"; "" for what the gateway answers itself
  const google::protobuf::ServiceDescriptor* service;
};

// Returns every service whose RPCs may have routes.
std::vector<Served> AllServices();

}  // namespace bitrade::gateway
