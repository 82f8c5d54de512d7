#include "tests/eid-sim/qr.h"

#include "services/common/testing/catch.h"

namespace bitrade::eidsim {
namespace {

using testing::CodeOf;

// The vendor's test vector.
constexpr absl::string_view kSecret = "d28db9a7-4cde-429e-a983-359be676944c";
constexpr absl::string_view kSecondTwo =
    "bankid.67df3917-fa0d-44e5-b327-edcc928297f8.2."
    "a9e5ec59cb4eee4ef4117150abc58fad7a85439a6a96ccbecc3668b41795b3f3";

TEST_CASE("A code holds from a second before its time to five after", "[eid-sim][unit]") {
  const absl::StatusOr<QrText> text = ParseQr(kSecondTwo);
  REQUIRE_OK(text);
  CHECK(text->start_token == "67df3917-fa0d-44e5-b327-edcc928297f8");
  CHECK(CheckQr(*text, kSecret, absl::Seconds(0)).code() == absl::StatusCode::kFailedPrecondition);
  CHECK(CheckQr(*text, kSecret, absl::Seconds(1)).ok());
  CHECK(CheckQr(*text, kSecret, absl::Milliseconds(7999)).ok());
  CHECK(CheckQr(*text, kSecret, absl::Seconds(8)).code() == absl::StatusCode::kFailedPrecondition);
}

TEST_CASE("A code of another secret is forged", "[eid-sim][unit]") {
  const absl::StatusOr<QrText> text = ParseQr(kSecondTwo);
  REQUIRE_OK(text);
  CHECK(CheckQr(*text, "another", absl::Seconds(2)).code() == absl::StatusCode::kInvalidArgument);
}

TEST_CASE("Only the exact form is a QR code of BankID", "[eid-sim][unit]") {
  const std::string code(64, 'a');
  CHECK(ParseQr("bankid.token.2." + code).ok());
  for (const std::string& wrong :
       {std::string("bankid.token.2"), "bankid.token.02." + code, "bankid.token.-1." + code,
        "bankid.token.+2." + code, "BankID.token.2." + code, "bankid.token.2." + code + "a",
        "bankid.token.2." + std::string(64, 'A'), "bankid.token.2." + code + "."}) {
    INFO(wrong);
    CHECK(CodeOf(ParseQr(wrong)) == absl::StatusCode::kInvalidArgument);
  }
}

}  // namespace
}  // namespace bitrade::eidsim
