#include "gateway/openapi/listings.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "bitrade/options/v1/options.pb.h"

namespace bitrade::openapi {
namespace {

using ::google::protobuf::MethodDescriptor;

// The roles, a delegate's with what the counsel must have allowed.
std::string WhoMayCall(const MethodDescriptor& method) {
  const std::string& scope = method.options().GetExtension(options::v1::scope);
  std::string who;
  for (const int role : method.options().GetExtension(options::v1::access).roles()) {
    absl::StrAppend(&who, who.empty() ? "" : ", ",
                    options::v1::Role_Name(static_cast<options::v1::Role>(role)));
    if (role == options::v1::DELEGATE) absl::StrAppend(&who, " (`", scope, "`)");
  }
  return who;
}

std::string AccessRow(const MethodDescriptor& method) {
  const auto& options = method.options();
  return absl::StrCat("| `", method.full_name(), "` | ", WhoMayCall(method), " | ",
                      options.GetExtension(options::v1::internal) ? "yes" : "", " | ",
                      options.GetExtension(options::v1::handled_by_gateway) ? "gateway" : "service",
                      " | ", options::v1::Audit_Name(options.GetExtension(options::v1::audit)),
                      " |\n");
}

}  // namespace

std::string RouteList(const gateway::RouteTable& routes) {
  std::vector<std::pair<std::string, std::string>> rows;
  for (const auto& route : routes.routes()) {
    rows.emplace_back(route->path.text(), absl::StrCat(route->verb, " ", route->path.text(), " ",
                                                       route->method->full_name(), "\n"));
  }
  std::sort(rows.begin(), rows.end());
  std::string list;
  for (const auto& [path, row] : rows) list += row;
  return list;
}

std::string AccessList(const Contract& contract) {
  std::string table =
      "# Who may call what\n\n"
      "Generated from the protos by `./dev golden`; compared in `tests/contract`.\n\n"
      "| RPC | Who | Internal | Answered by | Audit |\n|---|---|---|---|---|\n";
  for (const auto* service : contract.services()) {
    for (int i = 0; i < service->method_count(); ++i) table += AccessRow(*service->method(i));
  }
  return table;
}

}  // namespace bitrade::openapi
