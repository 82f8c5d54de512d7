#include "services/common/access/follow.h"

#include <memory>
#include <utility>
#include <vector>

#include "bitrade/appointments/v1/appointment_service.grpc.pb.h"
#include "services/common/access/delegations/follow.h"
#include "services/common/access/projection.h"
#include "services/common/access/stake.h"
#include "services/common/events/consumer.h"

namespace bitrade::access {
namespace {

using appointments::v1::AccessService;
using appointments::v1::AppointmentAccess;
using appointments::v1::GetAppointmentAccessRequest;

// The appointment and the stakes in its matter; nothing where there is no such appointment: an
// answer like any other.
using Learnt = std::vector<AppointmentFacts>;

AppointmentFacts FactsOf(const AppointmentAccess& access) {
  AppointmentFacts facts{.appointment_id = access.appointment_id(),
                         .counsel_id = access.counsel_id(),
                         .matter_id = access.matter_id(),
                         .version = access.version(),
                         .digital = access.digital(),
                         .visible_until = InstantOf(access.visible_until_us()),
                         .released = std::nullopt};
  if (access.released_us() != 0) facts.released = InstantOf(access.released_us());
  if (access.filings_visible_until_us() != 0) {
    facts.filings_visible_until = InstantOf(access.filings_visible_until_us());
  }
  facts.authority = access.authority();
  facts.category = access.category();
  return facts;
}

absl::StatusOr<std::any> LearntFrom(const absl::StatusOr<AppointmentAccess>& access) {
  if (absl::IsNotFound(access.status())) return std::any(Learnt());
  if (!access.ok()) return access.status();
  Learnt learnt{FactsOf(*access)};
  for (const AppointmentAccess::Party& party : access->parties()) {
    learnt.push_back(FactsOf(Stake{party.id(), party.person_id(), access->matter_id()}));
  }
  return std::any(std::move(learnt));
}

}  // namespace

void FollowAppointments(rpc::Process& process) {
  rpc::Neighbour& appointments = process.To("appointments");
  process.AskWith(WithDelegations(AskerOf(appointments), process.To("registry")));
  FollowDelegations(process);
  process.Keep(std::make_shared<events::Consumer>(
      events::ConsumerSpec{.source = "appointments",
                           .conninfo = process.config().database_url,
                           .apply = Apply,
                           .reset = Reset},
      appointments, process.clock()));
}

rpc::Asker AskerOf(rpc::Neighbour& appointments) {
  const std::shared_ptr<AccessService::Stub> stub = AccessService::NewStub(appointments.channel());
  return {
      .ask =
          [&appointments, stub](const rpc::Outgoing& outgoing, const std::string& appointment_id,
                                std::function<void(absl::StatusOr<std::any>)> done) {
            auto request = std::make_shared<GetAppointmentAccessRequest>();
            request->set_appointment_id(appointment_id);
            appointments.Call<AppointmentAccess>(
                outgoing,
                [&](auto* context, auto* response, auto finished) {
                  stub->async()->GetAppointmentAccess(context, request.get(), response, finished);
                },
                [request, done = std::move(done)](const absl::StatusOr<AppointmentAccess>& access) {
                  done(LearntFrom(access));
                });
          },
      .apply = [](postgres::Transaction& tx, const std::any& learnt) -> absl::Status {
        for (const AppointmentFacts& facts : std::any_cast<const Learnt&>(learnt)) Store(tx, facts);
        return absl::OkStatus();
      }};
}

}  // namespace bitrade::access
