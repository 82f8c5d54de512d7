#include "services/identity/bankid/poster.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/common/base/status_macros.h"

namespace bitrade::identity {
namespace {

// A signature over a large manifest is hundreds of kilobytes.
constexpr size_t kMaxReply = size_t{2} * 1024 * 1024;

}  // namespace

absl::StatusOr<std::unique_ptr<Poster>> Poster::Start(const BankIdEndpoint& endpoint) {
  if (!absl::StartsWith(endpoint.url, "https://")) {
    return absl::FailedPreconditionError("the URL must begin with https://");
  }
  ASSIGN_OR_RETURN(std::unique_ptr<HttpsClient> https,
                   HttpsClient::Start({.ca_file = endpoint.ca_file,
                                       .certificate_file = endpoint.certificate_file,
                                       .key_file = endpoint.key_file,
                                       .max_reply = kMaxReply}));
  return std::unique_ptr<Poster>(new Poster(endpoint.url, std::move(https)));
}

void Poster::Post(absl::string_view path, std::string body, Done done) {
  // BankID accepts no parameter beside the type.
  https_->Call({.url = absl::StrCat(url_, path),
                .headers = {"Content-Type: application/json"},
                .body = std::move(body)},
               std::move(done));
}

}  // namespace bitrade::identity
