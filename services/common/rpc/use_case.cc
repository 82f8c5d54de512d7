#include "services/common/rpc/use_case.h"

#include "services/common/base/formats.h"
#include "services/common/events/append.h"

namespace bitrade::rpc {
namespace {

constexpr size_t kLongestKey = 100;  // characters

}  // namespace

void Changing::Emit(const std::string& aggregate, const std::string& id, int64_t version,
                    const std::string& kind, std::map<std::string, std::string> data) {
  events::Append(tx_, {.aggregate = aggregate,
                       .aggregate_id = id,
                       .version = version,
                       .kind = kind,
                       .time = now(),
                       .actor = caller().actor(),
                       .on_behalf_of = caller().is_delegate() ? caller().acting_for : "",
                       .data = std::move(data)});
}

Changing::Memory Changing::ClientKey(const std::string& key) const {
  return {{caller().actor(), caller().acting_for, call_.method().name, key},
          now() + idempotency::kKeyLife,
          &kIdempotencyKeyReused,
          "idempotency_key"};
}

Changing::Memory Changing::SourceKey(const std::string& source_id) const {
  return {{caller().process, "", "source_id", source_id},
          absl::InfiniteFuture(),
          &kSourceIdReused,
          "source_id"};
}

absl::StatusOr<std::optional<std::string>> Changing::Recall(const Memory& memory,
                                                            const std::string& request) {
  // What the database cuts off would make two keys one.
  if (const std::string& key = memory.key.key; !IsLine(key, kLongestKey)) {
    Violations violations;
    violations.Add(memory.field, key.empty() ? "REQUIRED" : "MALFORMED",
                   "1 to 100 characters in one line");
    return violations.ToStatus();
  }
  return idempotency::Find(tx_, call_.parts().keyring, {memory.key, request}, now(),
                           *memory.reused);
}

void Changing::Remember(const Memory& memory, const std::string& request,
                        const std::string& answer) {
  idempotency::Keep(tx_, call_.parts().keyring, {memory.key, request}, answer, memory.expire);
}

}  // namespace bitrade::rpc
