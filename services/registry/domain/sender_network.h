// Where messages come from, for counting them.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace bitrade::registry {

// Returns what stands for the sender at an IP address: an IPv4 address itself, also where it is
// written as an IPv6 one, and of an IPv6 address the 64 bits that name the subscriber's network,
// who can choose the rest. Any other text stands for itself.
std::string SenderNetwork(absl::string_view address);

}  // namespace bitrade::registry
