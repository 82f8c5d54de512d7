#include "tests/eid-sim/control_answer.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace bitrade::eidsim {
namespace {

int HttpStatusOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return 200;
    case absl::StatusCode::kNotFound:
      return 404;
    case absl::StatusCode::kFailedPrecondition:
      return 409;
    default:
      return 400;
  }
}

std::string ErrorJson(absl::string_view message) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  writer.StartObject();
  writer.Key("error");
  writer.String(message.data(), static_cast<rapidjson::SizeType>(message.size()));
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace

HttpAnswer ControlAnswer(const absl::StatusOr<std::string>& result) {
  HttpAnswer answer;
  answer.status = HttpStatusOf(result.status());
  answer.body = result.ok() ? *result : ErrorJson(result.status().message());
  return answer;
}

}  // namespace bitrade::eidsim
