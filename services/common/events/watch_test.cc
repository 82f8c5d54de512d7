#include <grpcpp/create_channel.h>

#include <vector>

#include "migrations/common_schema.h"
#include "services/common/events/testing/source.h"
#include "services/common/rpc/status.h"
#include "services/common/rpc/timestamp.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"

namespace bitrade::events {
namespace {

using bitrade::testing::Database;
using events::testing::Change;
using events::testing::Number;
using events::testing::Source;

// A source with three numbered changes, and its stream's id.
struct Watched {
  explicit Watched(const std::string& process = "documents") : tls(keys.TlsOf(process)) {
    database.Run(testing::kThings);
    for (int i = 0; i < 3; ++i) Change(database.conninfo(), i);
    Number(database.conninfo());
    stream_id = database.Run("SELECT stream_id FROM stream")[0][0].as<std::string>();
    source = std::make_unique<Source>(keys, database.conninfo());
    stub = v1::EventService::NewStub(
        grpc::CreateChannel(source->address(), rpc::ClientTls(tls, "appointments")));
  }

  Database database{common_schema()};
  rpc::testing::Keys keys;
  rpc::TlsFiles tls;
  std::string stream_id;
  std::unique_ptr<Source> source;
  std::unique_ptr<v1::EventService::Stub> stub;
};

// One Watch from `after`, read as far as a test wants.
class Watching {
 public:
  Watching(Watched& watched, const std::string& stream_id, int64_t after) {
    v1::WatchRequest request;
    request.set_stream_id(stream_id);
    request.set_after(after);
    context_.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
    reader_ = watched.stub->Watch(&context_, request);
  }
  ~Watching() {
    context_.TryCancel();
    if (!ended_) static_cast<void>(reader_->Finish());
  }
  v1::WatchResponse Next() {
    v1::WatchResponse message;
    REQUIRE(reader_->Read(&message));
    return message;
  }
  // How the stream ends, whatever comes before.
  absl::Status End() {
    for (v1::WatchResponse message; reader_->Read(&message);) continue;
    ended_ = true;
    return rpc::FromGrpc(reader_->Finish());
  }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<v1::WatchResponse>> reader_;
  bool ended_ = false;
};

TEST_CASE("A watch gives what came after its position, in order, then heartbeats with the head",
          "[events][postgres]") {
  Watched watched;
  Watching watching(watched, watched.stream_id, 1);
  for (int64_t position : {2, 3}) {
    const v1::WatchResponse message = watching.Next();
    CHECK(message.event().position() == position);
    CHECK(message.stream_id() == watched.stream_id);
    CHECK(message.head() == 3);
  }
  for (int beats = 0; beats < 2; ++beats) {
    const v1::WatchResponse message = watching.Next();
    CHECK_FALSE(message.has_event());
    CHECK(message.head() == 3);
    CHECK(rpc::ReadTime(message.time()) == watched.source->clock().TimeNow());
  }
  Change(watched.database.conninfo(), 7);
  Number(watched.database.conninfo());
  v1::WatchResponse message = watching.Next();
  while (!message.has_event()) message = watching.Next();  // beats until then
  CHECK(message.event().position() == 4);
  CHECK(message.event().version() == 1);
}

TEST_CASE("A head is no newer than the change that waits for its number", "[events][postgres]") {
  Watched watched;
  Watching watching(watched, watched.stream_id, 3);
  CHECK(rpc::ReadTime(watching.Next().time()) == watched.source->clock().TimeNow());
  Change(watched.database.conninfo(), 0);  // at the epoch
  watching.Next();                         // may have been read before
  for (int beats = 0; beats < 2; ++beats) {
    const v1::WatchResponse message = watching.Next();
    CHECK(message.head() == 3);
    CHECK(rpc::ReadTime(message.time()) == absl::UnixEpoch());
  }
  Number(watched.database.conninfo());
  v1::WatchResponse message = watching.Next();
  while (!message.has_event()) message = watching.Next();
  CHECK(message.event().position() == 4);
  CHECK(rpc::ReadTime(message.time()) == watched.source->clock().TimeNow());
}

TEST_CASE("Who has no stream yet gets it from its beginning", "[events][postgres]") {
  Watched watched;
  Watching watching(watched, "", 0);
  for (int64_t position : {1, 2, 3}) CHECK(watching.Next().event().position() == position);
}

TEST_CASE("A foreign stream and a position that was never given out are out of range",
          "[events][postgres]") {
  Watched watched;
  const std::string foreign = "00000000-0000-7000-8000-00000000ffff";
  for (const absl::Status& end :
       {Watching(watched, foreign, 2).End(), Watching(watched, watched.stream_id, 4).End(),
        Watching(watched, "", 2).End()}) {
    CHECK(end.code() == absl::StatusCode::kOutOfRange);
    CHECK(ReasonOf(end) == "STREAM_FOREIGN");
  }
}

TEST_CASE("A position whose successors were trimmed is out of range", "[events][postgres]") {
  Watched watched;
  watched.database.Run("DELETE FROM event WHERE position <= 2");
  CHECK(Watching(watched, watched.stream_id, 1).End().code() == absl::StatusCode::kOutOfRange);
  CHECK(Watching(watched, "", 0).End().code() == absl::StatusCode::kOutOfRange);
  Watching watching(watched, watched.stream_id, 2);
  CHECK(watching.Next().event().position() == 3);
  watched.database.Run("DELETE FROM event");
  CHECK(Watching(watched, watched.stream_id, 2).End().code() == absl::StatusCode::kOutOfRange);
  CHECK_FALSE(Watching(watched, watched.stream_id, 3).Next().has_event());
}

TEST_CASE("Draining ends every watch, and those that come later", "[events][postgres]") {
  Watched watched;
  Watching first(watched, watched.stream_id, 3), second(watched, "", 0);
  first.Next();
  second.Next();
  watched.source->Drain();
  CHECK(first.End().code() == absl::StatusCode::kUnavailable);
  CHECK(second.End().code() == absl::StatusCode::kUnavailable);
  CHECK(Watching(watched, watched.stream_id, 3).End().code() == absl::StatusCode::kUnavailable);
}

TEST_CASE("A watcher that goes away is forgotten, and the others go on", "[events][postgres]") {
  Watched watched;
  Watching stays(watched, watched.stream_id, 3);
  stays.Next();
  for (int i = 0; i < 20; ++i) Watching(watched, "", 0).Next();
  Change(watched.database.conninfo(), 0);
  Number(watched.database.conninfo());
  v1::WatchResponse message = stays.Next();
  while (!message.has_event()) message = stays.Next();
  CHECK(message.event().position() == 4);
  CHECK(message.event().version() == 2);
}

TEST_CASE("Whom the policy does not name watches nothing", "[events][postgres]") {
  Watched watched("registry");
  CHECK(Watching(watched, "", 0).End().code() == absl::StatusCode::kPermissionDenied);
}

TEST_CASE("A snapshot is the present state, ended by the message that says so",
          "[events][postgres]") {
  Watched watched;
  Change(watched.database.conninfo(), 1);
  grpc::ClientContext context;
  const auto reader = watched.stub->Snapshot(&context, v1::SnapshotRequest());
  std::vector<v1::SnapshotResponse> messages;
  for (v1::SnapshotResponse message; reader->Read(&message);) messages.push_back(message);
  REQUIRE(reader->Finish().ok());
  REQUIRE(messages.size() == 4);
  CHECK(messages[1].event().version() == 2);
  CHECK_FALSE(messages[3].has_event());
  CHECK(messages[3].position() == 3);
  CHECK(messages[3].stream_id() == watched.stream_id);
}

}  // namespace
}  // namespace bitrade::events
