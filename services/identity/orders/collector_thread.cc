#include "services/identity/orders/collector_thread.h"

#include <utility>

namespace bitrade::identity {
namespace {

// How late an order may be asked about.
constexpr absl::Duration kTick = absl::Milliseconds(200);

}  // namespace

CollectorThread::CollectorThread(Collector& collector, std::string conninfo)
    : collector_(collector), connection_(std::move(conninfo)), thread_([this] { Run(); }) {}

CollectorThread::~CollectorThread() {
  ending_ = true;
  thread_.join();
}

void CollectorThread::Run() {
  while (!ending_) {
    collector_.Round(connection_);
    collector_.AwaitAnswer(kTick);
  }
  collector_.Settle(connection_, kLease);
}

}  // namespace bitrade::identity
