#include "services/common/events/feed.h"

#include <algorithm>
#include <utility>

#include "services/common/base/status_macros.h"
#include "services/common/events/watcher.h"
#include "services/common/postgres/values.h"
#include "services/common/rpc/streams.h"
#include "services/common/rpc/timestamp.h"

namespace bitrade::events {
namespace {

using postgres::Statement;

constexpr std::chrono::milliseconds kPeriod{25};
constexpr int kBatch = 200;

// At most one row; none before the sequencer's first round. Since when a change waits for its
// number, NULL when none does.
constexpr Statement kHead{"event_head", R"sql(
    SELECT stream_id, head, (SELECT time FROM event WHERE position IS NULL ORDER BY seq LIMIT 1) FROM stream)sql"};

// Any number, by position. Names and values of the data as two arrays of one order.
constexpr Statement kAfter{"event_after", R"sql(
    SELECT position, aggregate, aggregate_id, version, kind, time, actor,
           ARRAY(SELECT key FROM jsonb_each_text(data) ORDER BY key), ARRAY(SELECT value FROM jsonb_each_text(data) ORDER BY key),
           on_behalf_of
    FROM event WHERE position > $1 ORDER BY position LIMIT $2)sql"};

v1::Event ReadRow(const pqxx::row& row) {
  v1::Event event;
  event.set_position(row[0].as<int64_t>());
  event.set_aggregate(row[1].as<std::string>());
  event.set_aggregate_id(row[2].as<std::string>());
  event.set_version(row[3].as<int64_t>());
  event.set_kind(row[4].as<std::string>());
  rpc::SetTime(postgres::ReadTime(row[5]), *event.mutable_time());
  event.set_actor(row[6].as<std::string>());
  const std::vector<std::string> names = postgres::ReadArray(row[7]);
  const std::vector<std::string> values = postgres::ReadArray(row[8]);
  for (size_t i = 0; i < names.size() && i < values.size(); ++i)
    (*event.mutable_data())[names[i]] = values[i];
  event.set_on_behalf_of(postgres::TextOrEmpty(row[9]));
  return event;
}

// `now` was read before: the head is at least as new. It is no newer than what waits for its
// number: while the sequencer is behind, or cannot work at all, who stands at the head does not
// know all.
absl::StatusOr<StreamHead> ReadHead(postgres::Transaction& tx, absl::Time now) {
  const pqxx::result rows = tx.Exec(kHead);
  if (rows.empty()) return absl::UnavailableError("the stream has not begun");
  const absl::Time waits = postgres::ReadOptionalTime(rows[0][2]).value_or(absl::InfiniteFuture());
  return StreamHead{rows[0][0].as<std::string>(), rows[0][1].as<int64_t>(), std::min(now, waits)};
}

std::vector<v1::Event> ReadAfter(postgres::Transaction& tx, int64_t after) {
  std::vector<v1::Event> events;
  for (const auto& row : tx.Exec(kAfter, after, kBatch)) events.push_back(ReadRow(row));
  return events;
}

}  // namespace

Feed::Feed(rpc::Rpc& rpc, std::string conninfo, SnapshotSource snapshot)
    : rpc_(rpc),
      snapshot_(std::move(snapshot)),
      connection_(std::move(conninfo)),
      thread_([this] { Run(); }) {}

Feed::~Feed() {
  Drain();
  thread_.join();
}

void Feed::Drain() {
  std::vector<std::shared_ptr<Watcher>> watchers;
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    watchers = watchers_;
  }
  wake_.notify_all();
  for (const auto& watcher : watchers) watcher->End(absl::UnavailableError("draining"));
}

grpc::ServerWriteReactor<v1::WatchResponse>* Feed::Watch(grpc::CallbackServerContext* context,
                                                         const v1::WatchRequest* request) {
  auto watcher = std::make_shared<Watcher>(
      std::make_shared<rpc::Call>(rpc_.parts(), *context, rpc::MethodOf<v1::WatchRequest>()),
      *request);
  watcher->Begin();
  bool ending = false;
  {
    const std::lock_guard lock(mutex_);
    watchers_.push_back(watcher);
    ending = ending_;
  }
  if (ending) watcher->End(absl::UnavailableError("draining"));
  wake_.notify_all();
  return watcher.get();
}

// The position is read before the state: the state is at least as new.
grpc::ServerWriteReactor<v1::SnapshotResponse>* Feed::Snapshot(
    grpc::CallbackServerContext* context, const v1::SnapshotRequest* /*request*/) {
  struct State {
    StreamHead head;
    std::vector<v1::Event> events;
    size_t next = 0;
  };
  auto state = std::make_shared<State>();
  const auto open = [this, state](rpc::Reading& reading) -> absl::Status {
    ASSIGN_OR_RETURN(state->head, ReadHead(reading.tx(), reading.now()));
    state->events = snapshot_(reading.tx());
    return absl::OkStatus();
  };
  // One message more than events: the last says that the snapshot is whole.
  const auto next = [state](rpc::Reading& /*reading*/,
                            v1::SnapshotResponse& response) -> absl::StatusOr<bool> {
    if (state->next > state->events.size()) return false;
    response.set_stream_id(state->head.stream_id);
    response.set_position(state->head.head);
    if (state->next < state->events.size())
      *response.mutable_event() = std::move(state->events[state->next]);
    ++state->next;
    return true;
  };
  return new rpc::ServerStream<v1::SnapshotResponse>(
      rpc_, *context, rpc::MethodOf<v1::SnapshotRequest>(), open, next);
}

void Feed::Run() {
  std::unique_lock lock(mutex_);
  while (!ending_) {
    watchers_.erase(std::remove_if(watchers_.begin(), watchers_.end(),
                                   [](const auto& watcher) { return watcher->done(); }),
                    watchers_.end());
    if (watchers_.empty()) {
      wake_.wait(lock);
      continue;
    }
    const std::vector<std::shared_ptr<Watcher>> watchers = watchers_;
    lock.unlock();
    Round(watchers);
    lock.lock();
    wake_.wait_for(lock, kPeriod, [this] { return ending_; });
  }
}

// A database that is down sends no heartbeats: consumers then know that they are stale.
void Feed::Round(const std::vector<std::shared_ptr<Watcher>>& watchers) {
  const absl::Status done =
      connection_.Read([this, &watchers](postgres::Transaction& tx) -> absl::Status {
        ASSIGN_OR_RETURN(const StreamHead head, ReadHead(tx, rpc_.parts().clock.TimeNow()));
        for (const auto& watcher : watchers) {
          if (!watcher->Accepts(head)) continue;
          const int64_t after = watcher->WantsAfter();
          if (after < 0) continue;
          watcher->Give(head, after < head.head ? ReadAfter(tx, after) : std::vector<v1::Event>());
        }
        return absl::OkStatus();
      });
  static_cast<void>(done);
}

}  // namespace bitrade::events
