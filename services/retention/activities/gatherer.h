// Gathers what delegates have done: from the sealed audit trails of the services that let them in,
// again and again, and from registry's events on delegations.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "bitrade/events/v1/activity_service.grpc.pb.h"
#include "bitrade/events/v1/event_service.pb.h"
#include "services/common/base/clock.h"
#include "services/common/base/id_source.h"
#include "services/common/postgres/connection.h"
#include "services/common/rpc/neighbour.h"
#include "services/retention/activities/store.h"

namespace bitrade::retention {

// A service whose trail is gathered.
struct TrailSource {
  std::string name;  // "documents"
  rpc::Neighbour& neighbour;
};

class Gatherer {
 public:
  Gatherer(ActivityStore& store, const std::vector<TrailSource>& sources, const Clock& clock,
           IdSource& ids);

  // Gathers what is new at each source. A source that does not answer is the next round's business;
  // it is told once that it stays away.
  void Round(postgres::Connection& connection);

  // Applies an event of registry, in its transaction: what it says of a delegation, that one was
  // accepted or ended, and that a delegate has logged in for the first time or in a new browser.
  absl::Status Apply(postgres::Transaction& tx, const events::v1::Event& event);

 private:
  struct Source {
    std::string name;
    rpc::Neighbour& neighbour;
    std::unique_ptr<events::v1::ActivityService::Stub> stub;
    std::string told;  // the last status that was told
  };

  absl::Status Gather(postgres::Connection& connection, Source& source);
  // Returns whether there may be more.
  absl::StatusOr<bool> Step(postgres::Connection& connection, Source& source);
  void Take(postgres::Transaction& tx, const Source& source, const Gathered& from,
            const events::v1::ListActivitiesResponse& news);
  // Tells the counsel that much was fetched in short time; once a day of each delegate.
  void NoticeBulk(postgres::Transaction& tx, const Activity& download);
  void TakeDelegation(postgres::Transaction& tx, const events::v1::Event& event);
  void TakeLogIn(postgres::Transaction& tx, const events::v1::Event& event);

  ActivityStore& store_;
  const Clock& clock_;
  IdSource& ids_;
  std::vector<Source> sources_;
};

}  // namespace bitrade::retention
