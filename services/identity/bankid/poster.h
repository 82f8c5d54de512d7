// Posts JSON to BankID, which we authenticate to with a certificate.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/identity/https/https_client.h"

namespace bitrade::identity {

// Where BankID answers and who we are to it. PEM files.
struct BankIdEndpoint {
  std::string url;  // "https://appapi2.bankid.com/rp/v6.0"
  std::string ca_file;
  std::string certificate_file;
  std::string key_file;
};

using HttpReply = HttpsReply;

// Thread-safe. Must not be destroyed by a callback.
class Poster {
 public:
  using Done = HttpsClient::Done;

  // Errors: FAILED_PRECONDITION for a URL that is not https and for files that cannot be read.
  static absl::StatusOr<std::unique_ptr<Poster>> Start(const BankIdEndpoint& endpoint);

  // Posts `body` to the endpoint's URL + `path`; `done` and errors are those of HttpsClient::Call.
  void Post(absl::string_view path, std::string body, Done done);

 private:
  Poster(std::string url, std::unique_ptr<HttpsClient> https)
      : url_(std::move(url)), https_(std::move(https)) {}

  const std::string url_;
  const std::unique_ptr<HttpsClient> https_;
};

}  // namespace bitrade::identity
