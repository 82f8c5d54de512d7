// The address from which a browser asked, beside the one from which the provider saw the app.
#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "services/common/error/error.h"

namespace bitrade::identity {

// What becomes of a log-in on the same device whose two addresses differ: nothing; it is noted; it
// fails. A device may have two addresses for honest reasons (IPv4 and IPv6, a telephone network, a
// tunnel), so that a difference is a sign and no proof.
enum class AddressRule { kOff, kSignal, kEnforce };

// "off", "signal", "enforce"; empty for another text.
std::optional<AddressRule> ParseAddressRule(absl::string_view name);

// Told in a log-in that failed for it.
inline const Reason kAddressDiffers{
    "BANKID_ADDRESS_DIFFERS",
    absl::StatusCode::kFailedPrecondition,
    {"Another network",
     "The BankID app answered from another network than this browser. Use the same network, or "
     "scan the code with Mobile BankID."},
    {"Annat nätverk",
     "BankID-appen svarade från ett annat nätverk än webbläsaren. Använd samma nätverk eller läs "
     "av "
     "koden med Mobilt BankID."}};

// Tells whether `text` is an IPv4 or IPv6 address.
bool IsIpAddress(const std::string& text);

// Tells whether both may be one device: the same IPv4 address, or IPv6 addresses of one /64, within
// which a device changes its own. Not for a text that is no address.
bool MayBeOneDevice(const std::string& one, const std::string& other);

}  // namespace bitrade::identity
