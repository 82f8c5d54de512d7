#include "services/billing/cost_statements/overlaps.h"

#include "services/billing/cost_statements/seen.h"
#include "services/common/base/dates.h"

namespace bitrade::billing {
namespace {

// Whether the other statements are named.
enum class Names { kTold, kUntold };

void Add(const Overlap& overlap, Names names, v1::CostStatement& out) {
  v1::Overlap& told = *out.add_overlaps();
  told.set_kind(overlap.kind == OverlapKind::kTimeLoss ? v1::Overlap::TIME_LOSS : v1::Overlap::DAY);
  told.set_date(FormatDate(overlap.day));
  told.set_minutes(overlap.minutes);
  if (names == Names::kUntold) return;
  for (const CostStatementId& id : overlap.with) told.add_cost_statement_ids(id.text());
}

void Show(const std::vector<SharedDay>& shared, Names names,
          const std::vector<v1::CostStatement*>& shown) {
  const auto overlaps = FindOverlaps(shared);
  for (v1::CostStatement* statement : shown) {
    const auto found = overlaps.find(CostStatementId::Trusted(statement->id()));
    if (found == overlaps.end()) continue;
    for (const Overlap& overlap : found->second) Add(overlap, names, *statement);
  }
}

}  // namespace

void KeepClaimed(postgres::Transaction& tx, ClaimedTimeStore& claimed,
                 const CostStatement& statement, const Claim& claim) {
  claimed.Keep(tx, statement, ClaimedDays(claim));
}

void ShowOverlaps(rpc::Reading& reading, ClaimedTimeStore& claimed, v1::CostStatement& shown) {
  const Names names = HandOf(reading) == Hand::kCounsel ? Names::kTold : Names::kUntold;
  const auto id = CostStatementId::Trusted(shown.id());
  Show(claimed.Shared(reading.tx(), {id}, Others::kAll, reading.now()), names, {&shown});
}

void ShowOverlapsToAgency(rpc::Reading& reading, ClaimedTimeStore& claimed,
                          const std::vector<v1::CostStatement*>& shown) {
  std::vector<CostStatementId> ids;
  for (const v1::CostStatement* one : shown) ids.push_back(CostStatementId::Trusted(one->id()));
  Show(claimed.Shared(reading.tx(), ids, Others::kFiled, reading.now()), Names::kUntold, shown);
}

}  // namespace bitrade::billing
