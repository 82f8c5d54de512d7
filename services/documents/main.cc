// Communicated documents as a process.
#include "migrations/access_schema.h"
#include "migrations/common_schema.h"
#include "migrations/documents_schema.h"
#include "services/common/access/follow.h"
#include "services/common/events/feed.h"
#include "services/common/rpc/service_main.h"
#include "services/documents/communications/service.h"
#include "services/documents/communications/sweep.h"
#include "services/documents/content/service.h"
#include "services/documents/disposals/service.h"
#include "services/documents/documents/service.h"
#include "services/documents/snapshot.h"

namespace bitrade::documents {
namespace {

// What the services refer to.
struct Stores {
  explicit Stores(const crypto::Keyring& keyring) : documents(keyring) {}
  DocumentStore documents;
  ContentStore contents;
  DisposalStore disposals;
};

absl::Status Wire(rpc::Process& process) {
  auto stores = std::make_shared<Stores>(process.keyring());
  auto feed = std::make_unique<events::Feed>(
      process.rpc(), process.config().database_url,
      [stores](postgres::Transaction& tx) { return Snapshot(stores->documents, tx); });
  process.OnDrain([f = feed.get()] { f->Drain(); });
  process.Keep(stores);
  access::FollowAppointments(process);
  process.Keep(SweepNowAndThen(process.config().database_url, stores->documents, process.clock()));
  process.Serve(std::move(feed));
  rpc::Rpc& rpc = process.rpc();
  DocumentStore& documents = stores->documents;
  process.Serve(std::make_unique<DocumentService>(rpc, documents));
  process.Serve(std::make_unique<ContentService>(rpc, documents, stores->contents));
  process.Serve(
      std::make_unique<DocumentAgencyService>(rpc, documents, stores->contents, process.policy()));
  process.Serve(std::make_unique<DocumentDisposalService>(rpc, documents, stores->disposals));
  return absl::OkStatus();
}

}  // namespace
}  // namespace bitrade::documents

int main(int argc, char** argv) {
  using namespace bitrade;
  return rpc::ServiceMain(
      argc, argv,
      {.name = "documents",
       .neighbours = {"appointments", "registry"},
       .plan = rpc::PlanOf({common_schema(), access_schema(), documents_schema()}),
       .read_settings = [](config::Env& /*env*/) {},
       .wire = documents::Wire});
}
