#include "services/identity/domain/statement.h"

#include "services/common/base/formats.h"

namespace bitrade::identity {

void CheckStatement(absl::string_view visible_text, absl::string_view manifest,
                    Violations& violations) {
  if (visible_text.empty() || visible_text.size() > kLargestStatement) {
    violations.Add("visible_text", "OUT_OF_RANGE", "1 to 30 000 bytes");
  } else if (!IsPlainText(visible_text)) {
    violations.Add("visible_text", "MALFORMED", "UTF-8 without control characters but line feeds");
  }
  if (manifest.empty() || manifest.size() > kLargestManifest) {
    violations.Add("manifest", "OUT_OF_RANGE", "1 to 150 000 bytes");
  }
}

}  // namespace bitrade::identity
