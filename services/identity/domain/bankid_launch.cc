#include "services/identity/domain/bankid_launch.h"

#include "absl/strings/str_cat.h"

namespace bitrade::identity {

// The token is a UUID and needs no escape. Where the browser goes afterwards is said in the order;
// the app of a computer wants to be told that the link says nothing of it.
std::string LaunchUrl(Method method, absl::string_view auto_start_token) {
  switch (method) {
    case Method::kBankId:
      return absl::StrCat("bankid:///?autostarttoken=", auto_start_token, "&redirect=null");
    case Method::kMobileBankId:
      return absl::StrCat("https://app.bankid.com/?autostarttoken=", auto_start_token);
    case Method::kTelia:
      return "";
  }
  return "";
}

std::string LoginReturnUrl(absl::string_view public_base, absl::string_view nonce) {
  return absl::StrCat(public_base, "/bitrade/v1/logins/bankid-return?nonce=", nonce);
}

std::string SignatureReturnUrl(absl::string_view public_base, const SignatureId& signature,
                               absl::string_view nonce) {
  return absl::StrCat(public_base,
                      "/bitrade/v1/signatures/bankid-return?signature=", signature.text(),
                      "&nonce=", nonce);
}

}  // namespace bitrade::identity
