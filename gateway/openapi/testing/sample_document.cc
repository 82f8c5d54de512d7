#include "gateway/openapi/testing/sample_document.h"

#include <fstream>
#include <iterator>

#include "gateway/openapi/catalogue.h"
#include "gateway/openapi/contract.h"
#include "gateway/openapi/document.h"
#include "gateway/openapi/listings.h"

namespace bitrade::openapi::testing {
namespace {

constexpr char kReasons[] = R"([
  {"name": "INVALID_REQUEST", "code": "InvalidArgument", "title": "Invalid", "detail": "It is wrong."},
  {"name": "MALFORMED_REQUEST", "code": "InvalidArgument", "title": "Malformed", "detail": "No message."},
  {"name": "NOT_FOUND", "code": "NotFound", "title": "Not found", "detail": "It is not there."},
  {"name": "ETAG_MISMATCH", "code": "Aborted", "title": "Changed", "detail": "Read it again."},
  {"name": "RATE_LIMITED", "code": "ResourceExhausted", "title": "Too many", "detail": "Wait."}])";

Contract SampleContract() {
  std::ifstream file(BITRADE_SAMPLE_PROTOSET, std::ios::binary);
  return Contract::Load(std::string(std::istreambuf_iterator<char>(file), {})).value();
}

}  // namespace

Tree SampleDocument() {
  const Contract contract = SampleContract();
  const auto routes = gateway::RouteTable::FromDescriptors(contract.services()).value();
  return Document(contract, routes, Catalogue::Load(kReasons).value()).value();
}

std::string SampleRoutes() {
  const Contract contract = SampleContract();
  return RouteList(gateway::RouteTable::FromDescriptors(contract.services()).value());
}

std::string SampleAccess() { return AccessList(SampleContract()); }

}  // namespace bitrade::openapi::testing
