// Keeps the activity list, and how far each service's trail has been gathered into it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "services/common/postgres/transaction.h"
#include "services/retention/domain/activity.h"

namespace bitrade::retention {

// Where an activity comes from, and what it is known by there.
struct Origin {
  std::string source;  // "documents"
  std::string seal;
};

// How far a trail has been gathered.
struct Gathered {
  std::string stream_id;
  int64_t position = 0;
  bool operator==(const Gathered&) const = default;
};

// Where reminders come from; a delegation's id is the seal.
inline constexpr char kReminders[] = "retention";

// A delegation whose end is near.
struct EndingDelegation {
  DelegationId id;
  CounselId counsel;
  PersonId delegate;
};

struct ActivityPage {
  std::vector<Activity> activities;
  int64_t total = 0;
  bool more = false;
};

// Which activities: all, or those that the counsel should look at.
enum class Kinds { kAll, kNotices };

// Which rows of a list: those before an id.
struct ActivityRows {
  int32_t limit = 20;
  int32_t offset = 0;
  ActivityId before;
  Kinds kinds = Kinds::kAll;
};

class ActivityStore {
 public:
  // Returns how far `source` has been gathered, locked: one replica after the other.
  Gathered Lock(postgres::Transaction& tx, const std::string& source);

  // Sets that.
  void Move(postgres::Transaction& tx, const std::string& source, const Gathered& gathered);

  // Keeps an activity, unless it is kept already.
  void Keep(postgres::Transaction& tx, const Origin& origin, const Activity& activity);

  // Returns a page of a counsel's list, the newest first, each with the delegation that it belongs
  // to as far as registry has told.
  ActivityPage List(postgres::Transaction& tx, const CounselId& counsel, const ActivityRows& rows);

  // Returns the documents that the delegate of `download` has fetched for its counsel up to it,
  // each once, if they are so many in so short a time that the counsel is to be told.
  std::vector<std::string> BulkOf(postgres::Transaction& tx, const Activity& download);

  // Returns delegations, at most a hundred, of whose end the counsel is to be reminded at `now` and
  // was not yet: those that were to last longer than kReminderTime, and that none between the two
  // outlives.
  std::vector<EndingDelegation> EndingSoon(postgres::Transaction& tx, absl::Time now);

  // Destroys activities whose time is over at `now`, the oldest first, at most `limit`, and returns
  // how many. A day in no period keeps its activities; a legal hold on an appointment keeps those
  // of its counsel, and one on an appointment that is not known all of them. Audited.
  int DisposeDue(postgres::Transaction& tx, absl::Time now, int limit);
};

}  // namespace bitrade::retention
