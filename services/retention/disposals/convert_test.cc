#include "services/retention/disposals/convert.h"

#include "services/common/testing/catch.h"

namespace bitrade::retention {
namespace {

Disposal Done() {
  return {.id = DisposalId::Trusted("00000000-0000-7000-8000-000000000001"),
          .appointment = AppointmentId::Trusted("00000000-0000-7000-8000-000000000002"),
          .visible_until = absl::FromUnixSeconds(1),
          .due_time = absl::FromUnixSeconds(2),
          .done_time = absl::FromUnixSeconds(3),
          .state = State::kDone,
          .appointment_version = 4,
          .evidence = {{.document = DocumentId::Trusted("00000000-0000-7000-8000-000000000003"),
                        .sha256 = "ab",
                        .size = 65'537,
                        .chunks = 2,
                        .disposed_time = absl::FromUnixMicros(2'500'000)}}};
}

TEST_CASE("A disposal is told with its evidence", "[retention][domain]") {
  const v1::Disposal told = ToProto(Done());

  CHECK(told.id() == "00000000-0000-7000-8000-000000000001");
  CHECK(told.state() == v1::Disposal::DONE);
  CHECK(told.due_time().seconds() == 2);
  CHECK(told.done_time().seconds() == 3);
  REQUIRE(told.evidence_size() == 1);
  CHECK(told.evidence(0).document_id() == "00000000-0000-7000-8000-000000000003");
  CHECK(told.evidence(0).size() == 65'537);
  CHECK(told.evidence(0).chunks() == 2);
  CHECK(told.evidence(0).disposed_time().nanos() == 500'000'000);
}

TEST_CASE("A day that is not known is absent", "[retention][domain]") {
  Disposal disposal = Done();
  disposal.state = State::kScheduled;
  disposal.due_time.reset();
  disposal.done_time.reset();

  const v1::Disposal told = ToProto(disposal);

  CHECK(told.state() == v1::Disposal::SCHEDULED);
  CHECK_FALSE(told.has_due_time());
  CHECK_FALSE(told.has_done_time());
}

}  // namespace
}  // namespace bitrade::retention
