// Every reason of the system, whichever process refuses with it: name, code and English texts, as
// `./dev golden` reads them out of the sources.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/common/error/error.h"

namespace bitrade::openapi {

// Immutable after it was made.
class Catalogue {
 public:
  // Reads a JSON array of {name, code, title, detail}; `code` is one of absl::StatusCode without
  // its k ("FailedPrecondition"). Errors: INVALID_ARGUMENT for anything else.
  static absl::StatusOr<Catalogue> Load(const std::string& json);

  // Finds a reason; null without one. It lives as long as the catalogue.
  const Reason* Find(absl::string_view name) const;

 private:
  // What a Reason points into.
  struct Entry {
    std::string name, title, detail;
    Reason reason;
  };

  std::map<std::string, std::unique_ptr<const Entry>, std::less<>> entries_;
};

}  // namespace bitrade::openapi
