#include "gateway/backends/forward.h"

#include <google/protobuf/descriptor.h>

#include <chrono>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"

namespace bitrade::gateway {
namespace {

// A client is answered within a second whatever a service does.
constexpr std::chrono::milliseconds kCallTime{900};

// What came in one piece is not copied.
void Answer(Exchange& exchange, const grpc::ByteBuffer& answer) {
  grpc::Slice octets;
  if (!answer.TrySingleSlice(&octets).ok() && !answer.DumpToSingleSlice(&octets).ok()) {
    return exchange.Refuse(absl::DataLossError("an answer without its octets"));
  }
  exchange.AnswerSerialized({reinterpret_cast<const char*>(octets.begin()), octets.size()});
}

}  // namespace

Authority AuthorityOf(const Exchange& exchange) {
  return {exchange.session.ticket(), exchange.session.acting_for()};
}

Handler Forward(Backend& backend, const Route& route) {
  const auto& method = *route.method;
  return [&backend, path = absl::StrCat("/", method.service()->full_name(), "/", method.name())](
             ExchangePtr exchange) {
    Exchange& asked = *exchange;
    backend.Call(asked.OutgoingFor(kCallTime), AuthorityOf(asked), {path, *asked.message},
                 [exchange = std::move(exchange)](const absl::StatusOr<grpc::ByteBuffer>& answer) {
                   answer.ok() ? Answer(*exchange, *answer)
                               : exchange->PassOnRefusal(answer.status());
                 });
  };
}

}  // namespace bitrade::gateway
