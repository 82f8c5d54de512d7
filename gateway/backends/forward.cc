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

}  // namespace

Authority AuthorityOf(const Exchange& exchange) {
  return {exchange.session.ticket(), exchange.session.acting_for()};
}

Handler Forward(Backend& backend, const Route& route) {
  const auto& method = *route.method;
  return [&backend, path = absl::StrCat("/", method.service()->full_name(), "/", method.name()),
          output = method.output_type()](ExchangePtr exchange) {
    auto* const answer = exchange->NewMessage(*output);
    Exchange& asked = *exchange;
    backend.Call(asked.OutgoingFor(kCallTime), AuthorityOf(asked), {path, *asked.message, *answer},
                 [exchange = std::move(exchange), answer](const absl::Status& status) {
                   status.ok() ? exchange->Answer(*answer) : exchange->Refuse(status);
                 });
  };
}

}  // namespace bitrade::gateway
