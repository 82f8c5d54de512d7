#include "services/billing/rates/convert.h"

#include "services/common/base/dates.h"

namespace bitrade::billing {

v1::CompensationRate ToProto(const Rate& rate) {
  v1::CompensationRate out;
  out.set_kind(std::string(RateKindName(rate.kind)));
  if (rate.f_tax) out.set_f_tax(*rate.f_tax);
  out.set_amount_ore(rate.amount);
  out.set_unit(std::string(RateUnit(rate.kind)));
  out.set_valid_from_date(FormatDate(rate.valid_from));
  if (rate.valid_to) out.set_valid_to_date(FormatDate(*rate.valid_to));
  out.set_source(rate.source);
  out.set_derived(rate.derived);
  return out;
}

}  // namespace bitrade::billing
