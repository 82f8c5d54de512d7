#include "gateway/pipeline/edge_problem.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "gateway/pipeline/access_log.h"
#include "gateway/pipeline/standard_headers.h"
#include "gateway/transcoding/problem.h"
#include "gateway/transcoding/reasons.h"
#include "services/common/base/clock.h"
#include "services/common/base/id_source.h"
#include "services/common/error/error.h"
#include "services/common/rpc/trace.h"

namespace bitrade::gateway {

http::Response EdgeProblem(int status, const Parts& parts) {
  const absl::Time now = parts.clock.TimeNow();
  const std::string request_id = parts.ids.NewUuid(now);
  const std::string traceparent = rpc::NextTraceparent({});
  const Reason& reason = EdgeReason(status);
  Problem problem = parts.problems.Write(Refuse(reason), {Language::kSwedish, request_id, nullptr});
  http::Response response{problem.status, "application/problem+json", std::move(problem.body), {}};
  response.headers = {{"Content-Language", "sv"}};
  if (problem.retry_after_seconds) {
    response.headers.push_back({"Retry-After", absl::StrCat(*problem.retry_after_seconds)});
  }
  AddStandardHeaders(request_id, traceparent, response.headers);
  LogAccess(parts,
            {.status = response.status,
             .reason = reason.name,
             .request_id = request_id,
             .traceparent = traceparent},
            now);
  return response;
}

}  // namespace bitrade::gateway
