// The pages of the front end to which a browser is sent after a return: a list, so that no address
// that a client brings ever leads elsewhere.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace bitrade::gateway {

class ReturnPages {
 public:
  // The first is the usual one; there is one at least.
  explicit ReturnPages(std::vector<std::string> pages) : pages_(std::move(pages)) {}

  // Tells whether a log-in may ask for `page`: in its very words.
  bool Has(absl::string_view page) const;

  // Returns `page` when it is in the list, else the usual one.
  const std::string& Choose(absl::string_view page) const;

 private:
  const std::vector<std::string> pages_;
};

}  // namespace bitrade::gateway
