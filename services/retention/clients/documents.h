// What retention asks documents: which documents of an appointment still have content, and to
// destroy it.
#pragma once

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "bitrade/documents/v1/disposal_service.grpc.pb.h"
#include "services/common/rpc/neighbour.h"
#include "services/retention/domain/disposal.h"

namespace bitrade::retention {

// Thread-safe. Waits for answers: for threads in the background.
class DocumentsClient {
 public:
  explicit DocumentsClient(rpc::Neighbour& documents);

  // Asks for documents of an appointment that still have content; at most 500 at once.
  // Errors: UNAVAILABLE.
  absl::StatusOr<std::vector<DocumentId>> ListDisposable(const rpc::Outgoing& outgoing,
                                                         const AppointmentId& appointment);

  // Has the content of a document destroyed. Asked again, it gives the same evidence.
  // Errors: NOT_FOUND, DOCUMENT_STILL_VISIBLE, UNAVAILABLE.
  absl::StatusOr<Evidence> DisposeContent(const rpc::Outgoing& outgoing, const DocumentId& document,
                                          const DisposalId& disposal);

 private:
  rpc::Neighbour& documents_;
  std::unique_ptr<documents::v1::DocumentDisposalService::Stub> stub_;
};

}  // namespace bitrade::retention
