#include "services/common/events/consumer.h"

#include <chrono>
#include <utility>
#include <vector>

#include "services/common/base/status_macros.h"
#include "services/common/events/watch_stream.h"
#include "services/common/log/log.h"
#include "services/common/postgres/values.h"
#include "services/common/rpc/status.h"

namespace bitrade::events {
namespace {

using postgres::Statement;

// Four heartbeats.
constexpr std::chrono::milliseconds kPatience{2'000};
constexpr std::chrono::milliseconds kBackOff{200};
constexpr std::chrono::seconds kSnapshotLimit{60};

constexpr Statement kEnsure{"consumer_ensure", R"sql(
    INSERT INTO consumer (source) VALUES ($1) ON CONFLICT (source) DO NOTHING)sql"};
// Locks the row: whoever holds it applies.
constexpr Statement kLock{"consumer_lock", R"sql(
    SELECT stream_id, position FROM consumer WHERE source = $1 FOR UPDATE)sql"};
constexpr Statement kMove{"consumer_move", R"sql(
    UPDATE consumer SET stream_id = $2, position = $3, fresh_time = CASE WHEN $5 THEN $4 ELSE fresh_time END WHERE source = $1)sql"};

}  // namespace

Consumer::Consumer(ConsumerSpec spec, rpc::Neighbour& source, const Clock& clock)
    : spec_(std::move(spec)),
      clock_(clock),
      stub_(v1::EventService::NewStub(source.channel())),
      connection_(spec_.conninfo),
      thread_([this] { Run(); }) {}

Consumer::~Consumer() {
  std::shared_ptr<WatchStream> stream;
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    stream = stream_;
  }
  wake_.notify_all();
  if (stream != nullptr) stream->Cancel();
  thread_.join();
}

void Consumer::Run() {
  std::string told;
  do {
    absl::Status status = Follow();
    if (status.code() == absl::StatusCode::kOutOfRange) status = StartOver();
    const std::string code = absl::StatusCodeToString(status.code());
    // A source that stays away is told once, not five times a second.
    if (code != told)
      log::Write(log::Level::kWarning, "watch ended", clock_.TimeNow(),
                 {{"source", spec_.source}, {"code", code}});
    told = code;
  } while (Rest());
}

absl::StatusOr<Consumer::Standing> Consumer::Load() {
  return connection_.Transact([this](postgres::Transaction& tx) -> absl::StatusOr<Standing> {
    tx.Exec(kEnsure, spec_.source);
    const pqxx::row row = tx.Exec(kLock, spec_.source)[0];
    return Standing{postgres::TextOrEmpty(row[0]), row[1].as<int64_t>()};
  });
}

// Watches from where we stand until something fails.
absl::Status Consumer::Follow() {
  ASSIGN_OR_RETURN(const Standing standing, Load());
  v1::WatchRequest request;
  request.set_stream_id(standing.stream_id);
  request.set_after(standing.position);
  const std::shared_ptr<WatchStream> stream = WatchStream::Open(*stub_, request);
  {
    const std::lock_guard lock(mutex_);
    stream_ = stream;
    if (ending_) stream->Cancel();
  }
  absl::Status status;
  while (status.ok()) {
    absl::StatusOr<v1::WatchResponse> message = stream->Next(kPatience);
    status = message.ok() ? Take(*message) : message.status();
  }
  stream->Cancel();
  return status;
}

absl::Status Consumer::Take(const v1::WatchResponse& message) {
  return connection_.Transact([&](postgres::Transaction& tx) -> absl::Status {
    const pqxx::row row = tx.Exec(kLock, spec_.source)[0];
    int64_t position = row[1].as<int64_t>();
    const std::string stream_id = postgres::TextOrEmpty(row[0]);
    if (!stream_id.empty() && stream_id != message.stream_id()) {
      return absl::OutOfRangeError("the stream was renewed");
    }
    if (message.has_event() && message.event().position() > position) {
      if (message.event().position() != position + 1)
        return absl::AbortedError("another replica is ahead or behind");
      RETURN_IF_ERROR(spec_.apply(tx, message.event()));
      position = message.event().position();
    }
    tx.Exec(kMove, spec_.source, message.stream_id(), position,
            postgres::TimeParam(clock_.TimeNow()), position >= message.head());
    return absl::OkStatus();
  });
}

// The whole state anew: our position means nothing any more.
absl::Status Consumer::StartOver() {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kSnapshotLimit);
  const auto reader = stub_->Snapshot(&context, v1::SnapshotRequest());
  std::vector<v1::Event> events;
  v1::SnapshotResponse message;
  bool whole = false;
  while (!whole && reader->Read(&message)) {
    whole = !message.has_event();
    if (!whole) events.push_back(message.event());
  }
  if (!whole) {
    context.TryCancel();
    return rpc::FromGrpc(reader->Finish());
  }
  return connection_.Transact([&](postgres::Transaction& tx) -> absl::Status {
    tx.Exec(kLock, spec_.source);
    spec_.reset(tx);
    for (const v1::Event& event : events) RETURN_IF_ERROR(spec_.apply(tx, event));
    tx.Exec(kMove, spec_.source, message.stream_id(), message.position(),
            postgres::TimeParam(clock_.TimeNow()), true);
    return absl::OkStatus();
  });
}

bool Consumer::Rest() {
  std::unique_lock lock(mutex_);
  stream_.reset();
  return !wake_.wait_for(lock, kBackOff, [this] { return ending_; });
}

}  // namespace bitrade::events
