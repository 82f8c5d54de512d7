#include "services/appointments/announcement.h"

#include "absl/strings/str_cat.h"
#include "services/appointments/domain/visibility.h"

namespace bitrade::appointments {
namespace {

// 0 stands for what is not.
std::string MicrosOrZero(std::optional<absl::Time> time) {
  return absl::StrCat(time ? absl::ToUnixMicros(*time) : 0);
}

}  // namespace

std::map<std::string, std::string> DataOf(const AccessFacts& facts) {
  return {{"counsel_id", facts.counsel.text()},
          {"matter_id", facts.matter.text()},
          {"authority", facts.authority},
          {"category", facts.category},
          {"digital", facts.digital ? "true" : "false"},
          {"visible_until_us", absl::StrCat(EndMicros(facts.visible_until))},
          {"filings_visible_until_us", MicrosOrZero(facts.filings_visible_until)},
          {"released_us", MicrosOrZero(facts.released)}};
}

void Announce(rpc::Changing& changing, const Appointment& appointment, const std::string& kind) {
  changing.Emit("appointment", appointment.id.text(), appointment.version, kind,
                DataOf(AccessFactsOf(appointment)));
}

}  // namespace bitrade::appointments
