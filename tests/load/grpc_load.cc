// gRPC load with mTLS, as the gateway calls: callback API, a ticket as metadata if there is one,
// any unary RPC with a serialized request.
//   load_grpc --target=127.0.0.1:7403 --method=/pkg.Service/Method --request=FILE --tls=PREFIX
//             --ca=FILE --connections=64 --seconds=5
//             [--ticket=FILE] [--rate=PER_SECOND] [--acting-for=COUNSEL]
// PREFIX.pem and PREFIX.key are the client's certificate and key.
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <atomic>
#include <cstdio>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/load/report.h"

namespace bitrade::load {
namespace {

struct Setting {
  std::string method, ticket, acting_for, request_id = "0190f5a2-7c3e-7b1d-8f00-0123456789ab";
  grpc::ByteBuffer request;
};

class Generator {
 public:
  Generator(const Arguments& arguments, Setting setting) : setting_(std::move(setting)) {
    grpc::SslCredentialsOptions tls;
    tls.pem_root_certs = ReadFile(arguments.Text("ca"));
    tls.pem_cert_chain = ReadFile(arguments.Text("tls") + ".pem");
    tls.pem_private_key = ReadFile(arguments.Text("tls") + ".key");
    const auto channel = grpc::CreateChannel(arguments.Text("target"), grpc::SslCredentials(tls));
    stub_ = std::make_unique<grpc::GenericStub>(channel);
  }

  Report Closed(SteadyClock::duration time, int in_flight) {
    for (int i = 0; i < in_flight; ++i) Fire(SteadyClock::now(), true);
    std::this_thread::sleep_for(time);
    return Finish();
  }

  Report Open(SteadyClock::duration time, double rate) {
    const auto begin = SteadyClock::now();
    for (int64_t next = 0;; ++next) {
      const auto due = begin + std::chrono::nanoseconds(
                                   static_cast<int64_t>(static_cast<double>(next) / rate * 1e9));
      if (due - begin > time) break;
      std::this_thread::sleep_until(due);
      Fire(due, false);
    }
    return Finish();
  }

 private:
  struct Call {
    grpc::ClientContext context;
    grpc::ByteBuffer response;
    SteadyClock::time_point due;
  };

  void Fire(SteadyClock::time_point due, bool again) {
    auto* call = new Call;
    call->due = due;
    call->context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(5));
    if (!setting_.ticket.empty()) {
      call->context.AddMetadata("bitrade-ticket-bin", setting_.ticket);
    }
    call->context.AddMetadata("bitrade-request-id", setting_.request_id);
    if (!setting_.acting_for.empty()) {
      call->context.AddMetadata("bitrade-acting-for", setting_.acting_for);
    }
    ++in_flight_;
    stub_->UnaryCall(&call->context, setting_.method, grpc::StubOptions(), &setting_.request,
                     &call->response, [this, call, again](grpc::Status status) {
                       {
                         const std::lock_guard<std::mutex> lock(mutex_);
                         if (status.ok()) {
                           report_.Good(SteadyClock::now() - call->due);
                         } else {
                           report_.Bad();
                           last_error_ = status.error_message();
                         }
                       }
                       delete call;
                       if (again && !stop_) Fire(SteadyClock::now(), true);
                       --in_flight_;
                     });
  }

  Report Finish() {
    stop_ = true;
    while (in_flight_ > 0) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    if (!last_error_.empty()) std::fprintf(stderr, "last error: %s\n", last_error_.c_str());
    return std::move(report_);
  }

  const Setting setting_;
  std::unique_ptr<grpc::GenericStub> stub_;
  std::atomic<int> in_flight_{0};
  std::atomic<bool> stop_{false};
  std::mutex mutex_;
  Report report_;
  std::string last_error_;
};

}  // namespace
}  // namespace bitrade::load

int main(int argc, char** argv) {
  using namespace bitrade::load;
  const Arguments arguments(argc, argv);
  Setting setting;
  setting.method = arguments.Text("method");
  if (const std::string file = arguments.Text("ticket"); !file.empty()) {
    setting.ticket = ReadFile(file);
  }
  setting.acting_for = arguments.Text("acting-for");
  const grpc::Slice slice(ReadFile(arguments.Text("request")));
  setting.request = grpc::ByteBuffer(&slice, 1);
  Generator generator(arguments, std::move(setting));
  const auto time =
      std::chrono::milliseconds(static_cast<int64_t>(arguments.Number("seconds", 5) * 1000));
  const double rate = arguments.Number("rate", 0);
  const auto begin = SteadyClock::now();
  Report report =
      rate > 0 ? generator.Open(time, rate)
               : generator.Closed(time, static_cast<int>(arguments.Number("connections", 64)));
  report.Print(SteadyClock::now() - begin);
}
