// Registry over the wire, with its neighbour identity and the callers that it has.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "bitrade/identity/v1/login_service.grpc.pb.h"
#include "bitrade/registry/v1/counsel_agency_service.grpc.pb.h"
#include "bitrade/registry/v1/counsel_service.grpc.pb.h"
#include "bitrade/registry/v1/delegation_service.grpc.pb.h"
#include "bitrade/registry/v1/profile_service.grpc.pb.h"
#include "services/common/rpc/testing/server.h"
#include "services/common/testing/database.h"
#include "services/common/testing/fakes.h"
#include "services/identity/testing/signer.h"
#include "services/registry/services.h"
#include "services/registry/stores.h"

namespace bitrade::registry::testing {

inline const absl::Time kNow =
    absl::FromCivil(absl::CivilSecond(2026, 3, 2, 9, 0, 0), absl::UTCTimeZone());
inline constexpr char kAstridsNumber[] = "198112189876";
inline constexpr char kAstrid[] = "00000000-0000-7000-9000-000000000001";
inline constexpr char kDisasNumber[] = "189001019802";
inline constexpr char kDisa[] = "00000000-0000-7000-9000-000000000002";
inline constexpr char kStranger[] = "00000000-0000-7000-9000-000000000009";
// Identity knows no such number.
inline constexpr char kNobodysNumber[] = "199908072391";

// Identity as registry knows it: each number is a person's, but for kNobodysNumber.
class Persons final : public identity::v1::PersonService::Service {
 public:
  grpc::Status EnsurePerson(grpc::ServerContext* context,
                            const identity::v1::EnsurePersonRequest* request,
                            identity::v1::EnsurePersonResponse* response) override;

  std::atomic<int> asked{0};

 private:
  std::mutex mutex_;
  std::map<std::string, std::string> known_{{kAstridsNumber, kAstrid}, {kDisasNumber, kDisa}};
};

// Returns how a case system enters Astrid.
v1::RegisterCounselRequest EntryOf(const std::string& source_id);

// Identity's tables lie beside registry's, which neither notices.
struct Register {
  explicit Register(Confirmation confirmation = Confirmation::kAllowed);
  ~Register();

  void LogIn(const std::string& person);
  absl::StatusOr<v1::Counsel> Enter(const v1::RegisterCounselRequest& request);
  absl::StatusOr<v1::Counsel> Own();
  absl::StatusOr<v1::ListProfilesResponse> Profiles();
  absl::StatusOr<v1::CounselFacts> Facts(const std::string& counsel_id);

  bitrade::testing::FakeClock clock{kNow};
  rpc::testing::Keys keys;
  bitrade::testing::Database database;
  Persons* persons = nullptr;
  rpc::testing::Server identity{keys, {"identity", database.conninfo()}, clock};
  rpc::testing::Server registry{keys, {"registry", database.conninfo()}, clock};
  Stores stores{registry.keyring()};
  identity::testing::Signer signer{identity, database};
  std::unique_ptr<rpc::Neighbour> neighbour;
  std::unique_ptr<IdentityClient> client;
  std::unique_ptr<signing::Client> signatures;
  std::unique_ptr<rpc::testing::Client> agency, gateway, billing;
};

}  // namespace bitrade::registry::testing
