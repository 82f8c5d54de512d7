// Where new identifiers come from: UUIDv7 (RFC 9562), whose order in an index follows the time they
// were made.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "services/common/base/id.h"

namespace bitrade {

// Makes identifiers. Thread-safe.
class IdSource {
 public:
  virtual ~IdSource() = default;

  // Returns a UUIDv7 for `now` in lower-case text, never the same twice.
  virtual std::string NewUuid(absl::Time now) = 0;

  // Returns a fresh id of one kind:  ids.New<CounselId>(now).
  template <typename IdType>
  IdType New(absl::Time now) {
    return IdType::Trusted(NewUuid(now));
  }
};

// The real one: 48 bits of milliseconds, 74 random bits from the operating system.
class RandomIds final : public IdSource {
 public:
  std::string NewUuid(absl::Time now) override;
};

}  // namespace bitrade
