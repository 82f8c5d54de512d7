#include "gateway/handlers/documentation.h"

#include <google/protobuf/descriptor.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "bitrade/gateway/v1/documentation_service.pb.h"
#include "bitrade/options/v1/options.pb.h"
#include "gateway/pipeline/etag.h"
#include "services/common/base/status_macros.h"

namespace bitrade::gateway {
namespace {

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// The contract's examples are the values: the OpenAPI document takes its version from there, too.
std::string ExampleOf(const char* field) {
  const auto& options = v1::ApiInfo::descriptor()->FindFieldByName(field)->options();
  absl::string_view text = options.GetExtension(options::v1::example);
  absl::ConsumePrefix(&text, "\"");
  absl::ConsumeSuffix(&text, "\"");
  return std::string(text);
}

v1::ApiInfo ApiInfoFor(const std::string& public_base) {
  v1::ApiInfo info;
  info.set_api_name(ExampleOf("api_name"));
  info.set_api_version(ExampleOf("api_version"));
  info.set_api_released(ExampleOf("api_released"));
  info.set_api_status(ExampleOf("api_status"));
  info.set_api_documentation(absl::StrCat(public_base, "/bitrade/v1/openapi.yaml"));
  return info;
}

// A document that is the same for everybody until the next release.
struct Document {
  std::string type;
  std::string text;
  std::string etag;
};

void SendDocument(Exchange& exchange, const Document& document) {
  exchange.AddHeader("Cache-Control",
                     absl::StrCat("public, max-age=", exchange.route()->public_max_age_seconds));
  exchange.AddHeader("ETag", document.etag);
  if (Matches(exchange.request().Find("if-none-match"), document.etag)) {
    return exchange.Send({.status = 304});
  }
  exchange.Send({.content_type = document.type, .body = document.text});
}

template <typename Request>
absl::Status AddDocument(const std::string& path, const char* type, Handlers& handlers) {
  ASSIGN_OR_RETURN(std::string text, ReadFile(path));
  std::string etag = EtagOfBytes(text);
  const auto document =
      std::make_shared<const Document>(Document{type, std::move(text), std::move(etag)});
  handlers.Add<Request>([document](const ExchangePtr& exchange, const Request& /*request*/) {
    SendDocument(*exchange, *document);
  });
  return absl::OkStatus();
}

}  // namespace

absl::Status AddDocumentation(const std::string& folder, const std::string& public_base,
                              Handlers& handlers) {
  handlers.Add<v1::GetApiInfoRequest>(
      [info = ApiInfoFor(public_base)](const ExchangePtr& exchange,
                                       const v1::GetApiInfoRequest& /*request*/) {
        exchange->Answer(info);
      });
  RETURN_IF_ERROR(AddDocument<v1::GetOpenApiYamlRequest>(
      folder + "/openapi.yaml", "application/yaml; charset=utf-8", handlers));
  return AddDocument<v1::GetOpenApiJsonRequest>(folder + "/openapi.json", "application/json",
                                                handlers);
}

}  // namespace bitrade::gateway
