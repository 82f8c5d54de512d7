#include "services/identity/domain/bankid_qr.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "services/common/testing/catch.h"

namespace bitrade::identity {
namespace {

const QrSecrets kVendorSecrets{"67df3917-fa0d-44e5-b327-edcc928297f8",
                               "d28db9a7-4cde-429e-a983-359be676944c"};

std::string OpenSslHmac(absl::string_view key, absl::string_view data) {
  unsigned char out[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(data.data()), data.size(), out, &size);
  return std::string(reinterpret_cast<const char*>(out), size);
}

TEST_CASE("The QR texts are the vendor's", "[identity][domain]") {
  struct Case {
    int second;
    const char* code;
  };
  const auto example =
      GENERATE(Case{0, "dc69358e712458a66a7525beef148ae8526b1c71610eff2c16cdffb4cdac9bf8"},
               Case{1, "949d559bf23403952a94d103e67743126381eda00f0b3cbddbf7c96b1adcbce2"},
               Case{2, "a9e5ec59cb4eee4ef4117150abc58fad7a85439a6a96ccbecc3668b41795b3f3"},
               Case{10, "2822ca616ce1e64a1c171df69154ebc5adef4011244c867d6ad88a02db178962"},
               Case{29, "26049f2bc12d5b43ebe8bf701e7725abf015d2d8347aa04c924b5793ee4a196c"});

  const std::string text = AnimatedQr(kVendorSecrets, absl::Seconds(example.second), OpenSslHmac);

  CHECK(text == "bankid.67df3917-fa0d-44e5-b327-edcc928297f8." + std::to_string(example.second) +
                    "." + example.code);
}

TEST_CASE("The QR text changes with whole seconds", "[identity][domain]") {
  const auto at = [](absl::Duration age) { return AnimatedQr(kVendorSecrets, age, OpenSslHmac); };

  CHECK(at(absl::Milliseconds(1999)) == at(absl::Seconds(1)));
  CHECK(at(absl::Milliseconds(1999)) != at(absl::Seconds(2)));
  CHECK(at(absl::Milliseconds(-5)) == at(absl::ZeroDuration()));
}

}  // namespace
}  // namespace bitrade::identity
