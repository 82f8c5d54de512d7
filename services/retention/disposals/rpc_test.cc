// Retention over the wire: documents as it is asked, and what a case system sees.
#include <map>

#include "services/common/rpc/testing/server.h"
#include "services/retention/disposals/service.h"
#include "services/retention/disposals/worker.h"
#include "services/retention/testing/sample.h"

namespace bitrade::retention {
namespace {

using bitrade::testing::ReasonOf;
using testing::kAppointment;
using testing::kNow;
using testing::News;
using testing::Scene;

constexpr char kDocument[] = "00000000-0000-7000-8000-0000000000d1";

// One document, whose content is destroyed at most once.
class Documents final : public documents::v1::DocumentDisposalService::Service {
 public:
  grpc::Status ListDisposable(grpc::ServerContext* /*context*/,
                              const documents::v1::ListDisposableRequest* request,
                              documents::v1::ListDisposableResponse* response) override {
    if (request->appointment_id() == kAppointment && disposal_id_.empty()) {
      response->add_document_ids(kDocument);
    }
    return grpc::Status::OK;
  }

  grpc::Status DisposeContent(grpc::ServerContext* /*context*/,
                              const documents::v1::DisposeContentRequest* request,
                              documents::v1::DisposalEvidence* response) override {
    if (request->document_id() != kDocument) return {grpc::StatusCode::NOT_FOUND, "no document"};
    disposal_id_ = request->disposal_id();
    response->set_document_id(kDocument);
    response->set_sha256(std::string(64, 'e'));
    response->set_size(65'537);
    response->set_chunks(2);
    response->set_disposed_us(absl::ToUnixMicros(kNow));
    return grpc::Status::OK;
  }

 private:
  std::string disposal_id_;
};

// Documents and retention, each served as its process serves it.
struct House : Scene {
  rpc::testing::Keys keys;
  rpc::testing::Server documents{keys, {"documents", database.conninfo()}, clock};
  rpc::testing::Server retention{keys, {"retention", database.conninfo()}, clock};
  std::unique_ptr<rpc::Neighbour> neighbour;
  std::unique_ptr<DocumentsClient> client;
  std::unique_ptr<rpc::testing::Client> agency;
  DisposalStore disposals;

  House() {
    documents.Serve(std::make_unique<Documents>());
    documents.Start();
    neighbour = std::make_unique<rpc::Neighbour>(
        "documents", documents.address(), keys.TlsOf("retention"),
        rpc::NeighbourLimits{.deadline = std::chrono::seconds(20)});
    client = std::make_unique<DocumentsClient>(*neighbour);
    retention.Serve(
        std::make_unique<DisposalAgencyService>(retention.rpc(), disposals, retention.policy()));
    retention.Start();
    agency = std::make_unique<rpc::testing::Client>(keys, retention, "case-system/journey");
  }

  absl::StatusOr<v1::ListDisposalsResponse> List(const std::string& appointment) {
    const auto stub = v1::DisposalAgencyService::NewStub(agency->channel());
    v1::ListDisposalsRequest request;
    request.set_appointment_id(appointment);
    return agency->Call(*stub, &v1::DisposalAgencyService::Stub::ListDisposals, request);
  }

  void Round() {
    Worker(disposals, schedule, ArchiveOf(*client), clock, ids).Round(database.connection());
  }
};

TEST_CASE("A case system sees a disposal scheduled, and done with its evidence",
          "[retention][postgres]") {
  House house;
  house.Hear(News(1, kNow - absl::Hours(24 * 29)));
  house.Round();
  const auto scheduled = house.List(kAppointment);
  REQUIRE_OK(scheduled);
  REQUIRE(scheduled->disposals_size() == 1);
  CHECK(scheduled->disposals(0).state() == v1::Disposal::SCHEDULED);
  CHECK(scheduled->disposals(0).due_time().seconds() ==
        absl::ToUnixSeconds(kNow + absl::Hours(24)));
  house.clock.Advance(absl::Hours(24));

  house.Round();

  const auto done = house.List(kAppointment);
  REQUIRE_OK(done);
  CHECK(done->disposals(0).state() == v1::Disposal::DONE);
  REQUIRE(done->disposals(0).evidence_size() == 1);
  CHECK(done->disposals(0).evidence(0).document_id() == kDocument);
  CHECK(done->disposals(0).evidence(0).chunks() == 2);
}

TEST_CASE("An appointment that is unknown has no disposals, and no id is no question",
          "[retention][postgres]") {
  House house;

  CHECK(house.List(kDocument).value().disposals_size() == 0);
  CHECK(ReasonOf(house.List("7")) == "INVALID_REQUEST");
}

TEST_CASE("What documents refuses comes back as it was said", "[retention][postgres]") {
  House house;

  const auto refused = house.client->DisposeContent({}, DocumentId::Trusted(kAppointment),
                                                    DisposalId::Trusted(kAppointment));

  CHECK(absl::IsNotFound(refused.status()));
}

TEST_CASE("Documents that are away leave the disposal for later", "[retention][postgres]") {
  House house;
  house.Hear(News(1, kNow - absl::Hours(24 * 31)));
  house.documents.Stop();

  house.Round();

  CHECK(house.Ask("SELECT state FROM disposal") == "RUNNING");
  CHECK(house.Ask("SELECT count(*) FROM disposed_document") == "0");
}

}  // namespace
}  // namespace bitrade::retention
