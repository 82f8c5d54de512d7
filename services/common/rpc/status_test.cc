#include "services/common/rpc/status.h"

#include <grpcpp/support/status.h>

#include "services/common/error/error.h"
#include "services/common/testing/catch.h"

namespace bitrade::rpc {
namespace {

TEST_CASE("A refusal keeps its reason, texts and violations through gRPC", "[rpc][unit]") {
  Violations violations;
  violations.Add("work[0].minutes", "OUT_OF_RANGE", "1 to 1440");
  const absl::Status sent = violations.ToStatus();
  const ErrorDetails got = DetailsOf(FromGrpc(ToGrpc(sent)));
  const ErrorDetails expected = DetailsOf(sent);
  CHECK(got.reason == "INVALID_REQUEST");
  REQUIRE(got.violations.size() == 1);
  CHECK(got.violations[0].field == "work[0].minutes");
  CHECK(got.violations[0].code == "OUT_OF_RANGE");
  CHECK(got.swedish_detail == expected.swedish_detail);
  CHECK(got.english_title == expected.english_title);
}

TEST_CASE("More faults than a trailer holds are cut, not lost", "[rpc][unit]") {
  Violations violations;
  for (int i = 0; i < 10'000; ++i) violations.Add("work[0].minutes", "OUT_OF_RANGE", "1 to 1440");
  const grpc::Status sent = ToGrpc(violations.ToStatus());
  CHECK(sent.error_details().size() < 90'000);
  CHECK(DetailsOf(FromGrpc(sent)).violations.size() > 1'000);
}

TEST_CASE("Retry advice travels", "[rpc][unit]") {
  CHECK(DetailsOf(FromGrpc(ToGrpc(Refuse(kOverloaded)))).retry_after_seconds.has_value());
}

TEST_CASE("Nothing internal is sent", "[rpc][unit]") {
  const grpc::Status sent = ToGrpc(absl::InternalError("password in a stack trace"));
  CHECK(sent.error_message().empty());
  CHECK(sent.error_details().empty());
  const grpc::Status database = ToGrpc(WithDetails(
      absl::UnavailableError("host db.internal refused"), DetailsOf(Refuse(kUnavailable))));
  CHECK(database.error_message().find("db.internal") == std::string::npos);
  CHECK(database.error_details().find("db.internal") == std::string::npos);
}

TEST_CASE("What gRPC says by itself gets our words", "[rpc][unit]") {
  CHECK(ReasonOf(FromGrpc(grpc::Status(grpc::StatusCode::UNAVAILABLE, "failed to connect"))) ==
        "UNAVAILABLE");
}

}  // namespace
}  // namespace bitrade::rpc
