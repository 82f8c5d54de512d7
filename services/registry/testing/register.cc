#include "services/registry/testing/register.h"

#include "absl/strings/str_format.h"
#include "migrations/common_schema.h"
#include "migrations/identity_schema.h"
#include "migrations/registry_schema.h"
#include "services/common/rpc/service_main.h"
#include "services/registry/services.h"

namespace bitrade::registry::testing {

grpc::Status Persons::EnsurePerson(grpc::ServerContext* /*context*/,
                                   const identity::v1::EnsurePersonRequest* request,
                                   identity::v1::EnsurePersonResponse* response) {
  ++asked;
  if (request->identity_number() == kNobodysNumber) {
    return {grpc::StatusCode::INVALID_ARGUMENT, "nobody has this number"};
  }
  const std::lock_guard lock(mutex_);
  const std::string fresh =
      absl::StrFormat("00000000-0000-7000-9000-%012d", 100 + static_cast<int>(known_.size()));
  response->set_person_id(known_.emplace(request->identity_number(), fresh).first->second);
  return grpc::Status::OK;
}

v1::RegisterCounselRequest EntryOf(const std::string& source_id) {
  v1::RegisterCounselRequest request;
  request.set_source_id(source_id);
  request.set_identity_number(kAstridsNumber);
  v1::Counsel& counsel = *request.mutable_counsel();
  counsel.set_name("Astrid Exempelsson");
  counsel.set_qualification(v1::Counsel::ADVOCATE);
  counsel.set_protection_level(v1::Counsel::UNPROTECTED);
  counsel.mutable_workplace()->set_street("Storgatan 1");
  counsel.mutable_workplace()->set_postal_code("11122");
  counsel.mutable_workplace()->set_city("Stockholm");
  counsel.set_phone("+46812345678");
  counsel.set_email("astrid@exempel.example");
  counsel.set_f_tax(true);
  return request;
}

Register::Register(Confirmation confirmation)
    : database(rpc::PlanOf({common_schema(), registry_schema(), identity_schema()})) {
  auto serving = std::make_unique<Persons>();
  persons = serving.get();
  identity.Serve(std::move(serving));
  for (const char* person : {kAstrid, kDisa}) signer.Know(person);
  identity.Start();
  neighbour =
      std::make_unique<rpc::Neighbour>("identity", identity.address(), keys.TlsOf("registry"),
                                       rpc::NeighbourLimits{.deadline = std::chrono::seconds(20)});
  client = std::make_unique<IdentityClient>(*neighbour);
  signatures = std::make_unique<signing::Client>(*neighbour);
  for (auto& service : MakeServices(registry.rpc(), stores, {*client, *signatures}, confirmation)) {
    registry.Serve(std::move(service));
  }
  registry.Start();
  agency = std::make_unique<rpc::testing::Client>(keys, registry, "case-system/journey");
  gateway = std::make_unique<rpc::testing::Client>(keys, registry, "gateway");
  billing = std::make_unique<rpc::testing::Client>(keys, registry, "billing");
  LogIn(kAstrid);
}

Register::~Register() = default;

void Register::LogIn(const std::string& person) {
  gateway->BringTicket(keys.TicketFor(person, clock.TimeNow()));
}

absl::StatusOr<v1::Counsel> Register::Enter(const v1::RegisterCounselRequest& request) {
  const auto stub = v1::CounselAgencyService::NewStub(agency->channel());
  return agency->Call(*stub, &v1::CounselAgencyService::Stub::RegisterCounsel, request);
}

absl::StatusOr<v1::Counsel> Register::Own() {
  const auto stub = v1::CounselService::NewStub(gateway->channel());
  return gateway->Call(*stub, &v1::CounselService::Stub::GetCounsel, v1::GetCounselRequest());
}

absl::StatusOr<v1::ListProfilesResponse> Register::Profiles() {
  const auto stub = v1::ProfileService::NewStub(gateway->channel());
  return gateway->Call(*stub, &v1::ProfileService::Stub::ListProfiles, v1::ListProfilesRequest());
}

absl::StatusOr<v1::CounselFacts> Register::Facts(const std::string& counsel_id) {
  const auto stub = v1::CounselFactsService::NewStub(billing->channel());
  v1::GetCounselFactsRequest request;
  request.set_counsel_id(counsel_id);
  return billing->Call(*stub, &v1::CounselFactsService::Stub::GetCounselFacts, request);
}

}  // namespace bitrade::registry::testing
