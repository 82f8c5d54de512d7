#include "services/billing/rates/service.h"

#include <algorithm>
#include <optional>

#include "services/billing/rates/convert.h"
#include "services/common/base/dates.h"
#include "services/common/base/status_macros.h"
#include "services/common/rpc/paging.h"

namespace bitrade::billing {
namespace {

// The day of the request; nullopt for all days.
absl::StatusOr<std::optional<absl::CivilDay>> DayOf(const std::string& date) {
  if (date.empty()) return std::nullopt;
  const std::optional<absl::CivilDay> day = ParseDate(date);
  if (day) return day;
  Violations violations;
  violations.Add("date", "MALFORMED", "a day, YYYY-MM-DD");
  return violations.ToStatus();
}

}  // namespace

grpc::ServerUnaryReactor* CompensationRateService::ListCompensationRates(
    grpc::CallbackServerContext* context, const v1::ListCompensationRatesRequest* request,
    v1::ListCompensationRatesResponse* response) {
  return rpc_.Read(*context, *request, *response, [this](rpc::Reading& reading, const auto& asked) {
    return List(reading, asked);
  });
}

absl::StatusOr<v1::ListCompensationRatesResponse> CompensationRateService::List(
    rpc::Reading& reading, const v1::ListCompensationRatesRequest& request) {
  ASSIGN_OR_RETURN(const auto day, DayOf(request.date()));
  ASSIGN_OR_RETURN(const rpc::PageRows rows,
                   rpc::PageRowsOf(request.limit(), request.page(), /*cursor=*/""));
  const std::vector<Rate> rates = store_.All(reading.tx()).List(day);
  const auto total = static_cast<int64_t>(rates.size());
  v1::ListCompensationRatesResponse response;
  response.set_total(total);
  for (int64_t i = rows.offset; i < std::min<int64_t>(rows.offset + rows.limit, total); ++i) {
    *response.add_compensation_rates() = ToProto(rates[static_cast<size_t>(i)]);
  }
  return response;
}

}  // namespace bitrade::billing
