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

struct ActivityPage {
  std::vector<Activity> activities;
  int64_t total = 0;
  bool more = false;
};

// Which rows of a list: those before an id.
struct ActivityRows {
  int32_t limit = 20;
  int32_t offset = 0;
  ActivityId before;
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
};

}  // namespace bitrade::retention
