#include "services/registry/guide/service.h"

namespace bitrade::registry {

grpc::ServerUnaryReactor* GuideService::GetGuide(grpc::CallbackServerContext* context,
                                                 const v1::GetGuideRequest* request,
                                                 v1::Guide* response) {
  return rpc_.Read(*context, *request, *response,
                   [this](rpc::Reading& reading, const auto& /*asked*/) { return Get(reading); });
}

absl::StatusOr<v1::Guide> GuideService::Get(rpc::Reading& reading) {
  v1::Guide guide;
  for (const GuideStep& step : store_.Steps(reading.tx())) {
    v1::GuideStep& out = *guide.add_steps();
    out.set_code(step.code);
    out.set_position(step.position);
    out.set_title_swedish(step.title_swedish);
    out.set_title_english(step.title_english);
    out.set_text_swedish(step.text_swedish);
    out.set_text_english(step.text_english);
  }
  return guide;
}

}  // namespace bitrade::registry
