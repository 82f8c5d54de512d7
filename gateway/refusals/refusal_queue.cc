#include "gateway/refusals/refusal_queue.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"

namespace bitrade::gateway {
namespace {

using identity::v1::Refusal;

constexpr int kMostObjects = 20;
constexpr char kRestOfMinute[] = "REST_OF_MINUTE";

std::string LikenessOf(const Refusal& refusal) {
  return absl::StrCat(refusal.session_id(), "\n", refusal.acting_for(), "\n", refusal.rpc(), "\n",
                      refusal.reason(), "\n", refusal.why(), "\n", refusal.address());
}

void Merge(const Refusal& refusal, Refusal& row) {
  if (row.count() < std::numeric_limits<int32_t>::max()) row.set_count(row.count() + 1);
  for (const std::string& id : refusal.object_ids()) {
    const auto& known = row.object_ids();
    if (known.size() >= kMostObjects) return;
    if (std::find(known.begin(), known.end(), id) == known.end()) row.add_object_ids(id);
  }
}

}  // namespace

// What is left of the minute before becomes rows like others. A request that took long may still
// be of the minute before.
void RefusalQueue::Turn(absl::Time now) {
  const int64_t minute = absl::ToUnixSeconds(now) / 60;
  if (minute == minute_ || minute == minute_ - 1) return;
  minute_ = minute;
  spent_.clear();
  for (auto& [session, rest] : rests_) rows_.push_back(std::move(rest));
  rests_.clear();
}

bool RefusalQueue::Add(const Refusal& refusal) {
  const std::string likeness = LikenessOf(refusal);
  Turn(absl::FromUnixSeconds(refusal.time().seconds()));
  if (const auto place = places_.find(likeness); place != places_.end()) {
    Merge(refusal, rows_[place->second]);
    return true;
  }
  int* const spent = SpentBy(refusal.session_id());
  if (spent == nullptr) return false;
  if (*spent >= bounds_.rows_of_minute) return AddRest(refusal);
  if (size() >= bounds_.most) return false;
  ++*spent;
  places_[likeness] = rows_.size();
  rows_.push_back(refusal);
  rows_.back().set_count(1);
  return true;
}

// How many rows a session has had in this minute; null where no more sessions are counted.
int* RefusalQueue::SpentBy(const std::string& session) {
  const auto spent = spent_.find(session);
  if (spent != spent_.end()) return &spent->second;
  return spent_.size() < bounds_.most_sessions ? &spent_[session] : nullptr;
}

bool RefusalQueue::AddRest(const Refusal& refusal) {
  if (const auto rest = rests_.find(refusal.session_id()); rest != rests_.end()) {
    Merge(refusal, rest->second);
    return true;
  }
  if (size() >= bounds_.most) return false;
  Refusal& rest = rests_[refusal.session_id()];
  rest = refusal;
  rest.set_count(1);
  rest.set_why(kRestOfMinute);
  return true;
}

std::vector<Refusal> RefusalQueue::Take(absl::Time now) {
  Turn(now);
  places_.clear();
  return std::exchange(rows_, {});
}

}  // namespace bitrade::gateway
