#include "services/retention/domain/activity.h"

#include "services/common/testing/catch.h"

namespace bitrade::retention {
namespace {

TEST_CASE("An operation's name tells what it does", "[retention][domain]") {
  const auto action = [](const char* rpc) { return ActionOf(OperationOf(rpc)); };
  CHECK(action("bitrade.documents.v1.DocumentService/GetDocument") == Action::kRead);
  CHECK(action("bitrade.appointments.v1.AppointmentService/ListAppointments") == Action::kRead);
  CHECK(action("bitrade.documents.v1.ContentService/Download") == Action::kDownloaded);
  CHECK(action("bitrade.appointments.v1.AvailabilityService/UpdateAvailability") ==
        Action::kChanged);
  CHECK(OperationOf("Download") == "Download");
}

TEST_CASE("Who is on neither side of a delegation is the agency", "[retention][domain]") {
  const auto counsel = CounselId::Trusted("counsel");
  const auto delegate = PersonId::Trusted("delegate");
  CHECK(WhoActed("counsel", counsel, delegate) == By::kCounsel);
  CHECK(WhoActed("delegate", counsel, delegate) == By::kDelegate);
  CHECK(WhoActed("case-system/journey", counsel, delegate) == By::kAgency);
}

TEST_CASE("Actions and actors are stored under names of their own", "[retention][domain]") {
  for (const auto action :
       {Action::kRead, Action::kDownloaded, Action::kChanged, Action::kDelegationAccepted,
        Action::kDelegationEnded, Action::kFirstLogIn, Action::kNewBrowser, Action::kBulkDownload,
        Action::kDelegationEndsSoon}) {
    CHECK(ParseAction(ActionName(action)) == action);
  }
  for (const auto by : {By::kDelegate, By::kCounsel, By::kAgency, By::kService}) {
    CHECK(ParseBy(ByName(by)) == by);
  }
}

}  // namespace
}  // namespace bitrade::retention
