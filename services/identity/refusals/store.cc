#include "services/identity/refusals/store.h"

#include "absl/strings/str_cat.h"
#include "services/common/audit/append.h"

namespace bitrade::identity {
namespace {

using audit::Circumstance;

audit::Circumstances CircumstancesOf(const Refusal& refusal) {
  audit::Circumstances circumstances;
  circumstances.Set(Circumstance::kRoute, refusal.route);
  circumstances.Set(Circumstance::kAddress, refusal.address);
  circumstances.Set(Circumstance::kWhy, refusal.why);
  if (refusal.count > 1) circumstances.Set(Circumstance::kCount, absl::StrCat(refusal.count));
  return circumstances;
}

// No ground: the call was allowed on none.
audit::Entry EntryOf(const Refusal& refusal) {
  return {.time = refusal.time,
          .rpc = refusal.rpc,
          .actor_kind = refusal.person.empty() ? "ANONYMOUS" : "PERSON",
          .actor = refusal.person,
          .officer = {},
          .acting_for = refusal.acting_for,
          .ground = {},
          .outcome = refusal.reason,
          .request_id = refusal.request_id,
          .session_id = refusal.session,
          .method = refusal.method,
          .object_ids = refusal.object_ids,
          .circumstances = CircumstancesOf(refusal)};
}

}  // namespace

void AppendRefusals(postgres::Transaction& tx, const std::vector<Refusal>& refusals) {
  std::vector<audit::Entry> entries;
  entries.reserve(refusals.size());
  for (const Refusal& refusal : refusals) entries.push_back(EntryOf(refusal));
  audit::Append(tx, entries);
}

}  // namespace bitrade::identity
