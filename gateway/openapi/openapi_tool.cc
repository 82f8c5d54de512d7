// openapi_tool <descriptor set> <reasons.json> <folder>: writes openapi.yaml, openapi.json,
// routes.txt and access.md.
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "gateway/openapi/catalogue.h"
#include "gateway/openapi/contract.h"
#include "gateway/openapi/document.h"
#include "gateway/openapi/listings.h"
#include "gateway/openapi/tree.h"
#include "services/common/base/status_macros.h"

namespace bitrade::openapi {
namespace {

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  return std::string(std::istreambuf_iterator<char>(file), {});
}

absl::Status WriteFile(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  return file ? absl::OkStatus() : absl::UnavailableError(absl::StrCat("cannot write ", path));
}

absl::Status Run(const std::string& protoset, const std::string& reasons,
                 const std::string& folder) {
  ASSIGN_OR_RETURN(const std::string bytes, ReadFile(protoset));
  ASSIGN_OR_RETURN(const Contract contract, Contract::Load(bytes));
  ASSIGN_OR_RETURN(const gateway::RouteTable routes,
                   gateway::RouteTable::FromDescriptors(contract.services()));
  ASSIGN_OR_RETURN(const std::string listed, ReadFile(reasons));
  ASSIGN_OR_RETURN(const Catalogue catalogue, Catalogue::Load(listed));
  ASSIGN_OR_RETURN(const Tree document, Document(contract, routes, catalogue));
  RETURN_IF_ERROR(WriteFile(folder + "/openapi.yaml", ToYaml(document)));
  RETURN_IF_ERROR(WriteFile(folder + "/openapi.json", ToJson(document)));
  RETURN_IF_ERROR(WriteFile(folder + "/routes.txt", RouteList(routes)));
  return WriteFile(folder + "/access.md", AccessList(contract));
}

}  // namespace
}  // namespace bitrade::openapi

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: openapi_tool <descriptor set> <reasons.json> <folder>\n";
    return 2;
  }
  const absl::Status status = bitrade::openapi::Run(argv[1], argv[2], argv[3]);
  if (status.ok()) return 0;
  std::cerr << status.message() << "\n";
  return 1;
}
