#include "services/identity/domain/bankid_launch.h"

#include "absl/strings/str_cat.h"

namespace bitrade::identity {

// The token is a UUID and needs no escape. Where the browser goes afterwards is said in the order.
std::string LaunchUrl(Method method, absl::string_view auto_start_token) {
  switch (method) {
    case Method::kBankId:
      return absl::StrCat("bankid:///?autostarttoken=", auto_start_token, "&redirect=null");
    case Method::kMobileBankId:
      return absl::StrCat("https://app.bankid.com/?autostarttoken=", auto_start_token,
                          "&redirect=null");
    case Method::kTelia:
      return "";
  }
  return "";
}

}  // namespace bitrade::identity
