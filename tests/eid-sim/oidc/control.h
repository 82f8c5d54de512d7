// The control interface of the provider, under /sim/v1/oidc/; its calls stand in
// `tests/eid-sim/README.md`.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tests/eid-sim/http.h"
#include "tests/eid-sim/oidc/provider_parts.h"

namespace bitrade::eidsim::oidc {

inline constexpr char kControlPrefix[] = "/sim/v1/oidc/";

// Thread-safe.
class Control {
 public:
  explicit Control(ProviderParts& parts) : parts_(parts) {}

  // `request.path` begins with kControlPrefix.
  HttpAnswer Answer(const HttpRequest& request);

 private:
  absl::StatusOr<std::string> Route(const HttpRequest& request);
  absl::StatusOr<std::string> RouteOne(const std::string& call, absl::string_view name,
                                       absl::string_view body);
  absl::StatusOr<std::string> Approve(absl::string_view id, absl::string_view body);
  absl::StatusOr<std::string> Deny(absl::string_view id, absl::string_view body);
  absl::StatusOr<std::string> PutClient(absl::string_view id, absl::string_view body);
  absl::StatusOr<std::string> SetFault(absl::string_view body);
  absl::StatusOr<std::string> Set(absl::string_view body);
  absl::StatusOr<std::string> AddKey(absl::string_view body);
  absl::StatusOr<std::string> RetireKey(absl::string_view kid);
  absl::StatusOr<std::string> LogOut(absl::string_view body);
  absl::StatusOr<std::string> AdvanceClock(absl::string_view body);
  std::string TellLogout(const Authorization& login, absl::string_view fault);

  ProviderParts& parts_;
};

}  // namespace bitrade::eidsim::oidc
