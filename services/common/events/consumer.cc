#include "services/common/events/consumer.h"

#include <chrono>
#include <utility>
#include <vector>

#include "services/common/base/status_macros.h"
#include "services/common/events/watch_stream.h"
#include "services/common/log/log.h"
#include "services/common/postgres/values.h"
#include "services/common/rpc/status.h"
#include "services/common/rpc/timestamp.h"

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
// The source's news are as old as the source says, and not younger than our own clock.
constexpr Statement kMove{"consumer_move", R"sql(
    UPDATE consumer SET stream_id = $2, position = $3,
                        fresh_time = CASE WHEN $5 THEN least($4::timestamptz, $6::timestamptz) ELSE fresh_time END
    WHERE source = $1)sql"};

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
    if (snapshot_ != nullptr) snapshot_->TryCancel();
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
      log::Write(status.ok() ? log::Level::kInfo : log::Level::kWarning,
                 status.ok() ? "started over" : "watch ended", clock_.TimeNow(),
                 {{"source", spec_.source}, {"code", code}});
    told = code;
  } while (Rest());
}

Consumer::Standing Consumer::Lock(postgres::Transaction& tx) const {
  const pqxx::row row = tx.Exec(kLock, spec_.source)[0];
  return {postgres::TextOrEmpty(row[0]), row[1].as<int64_t>()};
}

absl::StatusOr<Consumer::Standing> Consumer::Load() {
  return connection_.Transact([this](postgres::Transaction& tx) -> absl::StatusOr<Standing> {
    tx.Exec(kEnsure, spec_.source);
    return Lock(tx);
  });
}

// Watches from where we stand until something fails.
absl::Status Consumer::Follow() {
  ASSIGN_OR_RETURN(standing_, Load());
  v1::WatchRequest request;
  request.set_stream_id(standing_.stream_id);
  request.set_after(standing_.position);
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
    Standing standing = Lock(tx);
    if (!standing.stream_id.empty() && standing.stream_id != message.stream_id()) {
      return absl::OutOfRangeError("the stream was renewed");
    }
    if (message.has_event() && message.event().position() > standing.position) {
      if (message.event().position() != standing.position + 1)
        return absl::AbortedError("another replica is ahead or behind");
      RETURN_IF_ERROR(spec_.apply(tx, message.event()));
      standing.position = message.event().position();
    }
    tx.Exec(kMove, spec_.source, message.stream_id(), standing.position,
            postgres::TimeParam(clock_.TimeNow()), standing.position >= message.head(),
            postgres::TimeParam(rpc::ReadTime(message.time())));
    standing_ = {message.stream_id(), standing.position};
    return absl::OkStatus();
  });
}

// The whole state anew: our position means nothing any more.
absl::Status Consumer::StartOver() {
  ASSIGN_OR_RETURN(const std::vector<v1::SnapshotResponse> snapshot, ReadSnapshot());
  return connection_.Transact(
      [&](postgres::Transaction& tx) -> absl::Status { return Apply(tx, snapshot); });
}

absl::StatusOr<std::vector<v1::SnapshotResponse>> Consumer::ReadSnapshot() {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kSnapshotLimit);
  {
    const std::lock_guard lock(mutex_);
    if (ending_) return absl::CancelledError("ending");
    snapshot_ = &context;
  }
  const auto reader = stub_->Snapshot(&context, v1::SnapshotRequest());
  std::vector<v1::SnapshotResponse> messages;
  for (v1::SnapshotResponse message; reader->Read(&message);)
    messages.push_back(std::move(message));
  const grpc::Status status = reader->Finish();
  {
    const std::lock_guard lock(mutex_);
    snapshot_ = nullptr;
  }
  if (!status.ok()) return rpc::FromGrpc(status);
  if (messages.empty() || messages.back().has_event())
    return absl::DataLossError("the snapshot is not whole");
  return messages;
}

absl::Status Consumer::Apply(postgres::Transaction& tx,
                             const std::vector<v1::SnapshotResponse>& snapshot) {
  // A replica that was quicker stands further on than our snapshot may reach.
  if (!(Lock(tx) == standing_)) return absl::OkStatus();
  spec_.reset(tx);
  for (const v1::SnapshotResponse& piece : snapshot) {
    if (piece.has_event()) RETURN_IF_ERROR(spec_.apply(tx, piece.event()));
  }
  // How fresh that is, the next heartbeat says.
  const std::string unknown = postgres::TimeParam(absl::InfinitePast());
  tx.Exec(kMove, spec_.source, snapshot.back().stream_id(), snapshot.back().position(), unknown,
          false, unknown);
  return absl::OkStatus();
}

bool Consumer::Rest() {
  std::unique_lock lock(mutex_);
  stream_.reset();
  return !wake_.wait_for(lock, kBackOff, [this] { return ending_; });
}

}  // namespace bitrade::events
