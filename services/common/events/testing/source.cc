#include "services/common/events/testing/source.h"

#include <stdexcept>

#include "absl/strings/str_format.h"
#include "services/common/events/append.h"
#include "services/common/events/numbering.h"
#include "services/common/events/sequencer.h"

namespace bitrade::events::testing {
namespace {

using postgres::Statement;

constexpr Statement kChange{"test_change", R"sql(
    INSERT INTO thing VALUES ($1, 1) ON CONFLICT (id) DO UPDATE SET version = thing.version + 1 RETURNING version)sql"};
constexpr Statement kAll{"test_all", "SELECT id, version FROM thing ORDER BY id"};

std::vector<v1::Event> Snapshot(postgres::Transaction& tx) {
  std::vector<v1::Event> events;
  for (const auto& row : tx.Exec(kAll)) {
    v1::Event& event = events.emplace_back();
    event.set_aggregate("thing");
    event.set_aggregate_id(row[0].as<std::string>());
    event.set_version(row[1].as<int64_t>());
    event.set_kind("CHANGED");
  }
  return events;
}

}  // namespace

void Change(const std::string& conninfo, int number) {
  postgres::Connection connection(conninfo);
  const absl::Status changed = connection.Transact([number](postgres::Transaction& tx) {
    const std::string id = absl::StrFormat("00000000-0000-7000-8000-%012d", number);
    const auto version = tx.Exec(kChange, id)[0][0].as<int64_t>();
    Append(tx, {"thing", id, version, "CHANGED", absl::UnixEpoch(), "tester", {}});
    return absl::OkStatus();
  });
  if (!changed.ok()) throw std::runtime_error(changed.ToString());
}

void Number(const std::string& conninfo) {
  postgres::Connection connection(conninfo);
  RandomIds ids;
  while (RunRound(connection, {NumberEvents}, ids).value() > 0) continue;
}

Source::Source(const rpc::testing::Keys& keys, const std::string& conninfo,
               const std::string& address)
    : clock_(absl::FromUnixSeconds(1'800'000'000)),
      server_(keys, {.name = "appointments", .conninfo = conninfo, .address = address}, clock_) {
  auto feed = std::make_unique<Feed>(server_.rpc(), conninfo, Snapshot);
  feed_ = feed.get();
  server_.Serve(std::move(feed));
  server_.Start();
}

Source::~Source() {
  feed_->Drain();
  server_.Stop();
}

}  // namespace bitrade::events::testing
