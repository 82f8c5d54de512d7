#include "services/common/rpc/change_twice.h"

#include <atomic>
#include <functional>
#include <thread>

#include "absl/synchronization/notification.h"
#include "bitrade/registry/v1/counsel_service.grpc.pb.h"
#include "migrations/common_schema.h"
#include "services/common/rpc/testing/server.h"
#include "services/common/testing/catch.h"
#include "services/common/testing/database.h"
#include "services/common/testing/fakes.h"

namespace bitrade::rpc {
namespace {

using registry::v1::CounselService;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);
constexpr char kPerson[] = "00000000-0000-7000-8000-00000000000a";

// Asks somebody who answers when the test lets her, and keeps what she said.
class Twice final : public CounselService::CallbackService {
 public:
  using Answer = std::function<void(absl::StatusOr<int>)>;
  explicit Twice(Rpc& rpc) : rpc_(rpc) {}

  grpc::ServerUnaryReactor* GetCounsel(grpc::CallbackServerContext* context,
                                       const registry::v1::GetCounselRequest* request,
                                       registry::v1::Counsel* response) override {
    called_ = context;
    return ChangeTwice<int, int>(
        rpc_, *context, *request, *response,
        Turns{
            [](Changing& /*changing*/, const auto& /*asked*/) -> absl::StatusOr<int> { return 1; },
            [this](int /*claimed*/, Answer done) {
              answer = std::move(done);
              asked.Notify();
            },
            [this](Changing& /*changing*/, int claimed,
                   const absl::StatusOr<int>& found) -> absl::StatusOr<registry::v1::Counsel> {
              stored = claimed + found.value_or(-1);
              settled.Notify();
              return registry::v1::Counsel();
            }});
  }
  bool is_left() const { return called_.load()->IsCancelled(); }

  Answer answer;
  std::atomic<int> stored{0};
  absl::Notification asked, settled;

 private:
  Rpc& rpc_;
  std::atomic<grpc::CallbackServerContext*> called_{nullptr};
};

TEST_CASE("What was asked is stored though the caller has gone, for it is asked once only",
          "[rpc][postgres]") {
  bitrade::testing::Database database{common_schema()};
  const bitrade::testing::FakeClock clock{kNow};
  const testing::Keys keys;
  testing::Server server{keys, {.name = "registry", .conninfo = database.conninfo()}, clock};
  auto owned = std::make_unique<Twice>(server.rpc());
  Twice& twice = *owned;
  server.Serve(std::move(owned));
  server.Start();
  testing::Client gateway(keys, server, "gateway");
  gateway.BringTicket(keys.TicketFor(kPerson, kNow));
  const auto stub = CounselService::NewStub(gateway.channel());
  grpc::ClientContext context;
  gateway.Prepare(context);
  bool answered = true;
  std::thread caller([&] {
    registry::v1::Counsel response;
    answered = stub->GetCounsel(&context, {}, &response).ok();
  });
  twice.asked.WaitForNotification();
  context.TryCancel();
  caller.join();
  CHECK_FALSE(answered);
  while (!twice.is_left()) std::this_thread::yield();

  twice.answer(41);

  twice.settled.WaitForNotification();
  CHECK(twice.stored == 42);
}

}  // namespace
}  // namespace bitrade::rpc
