// One document on its way in: its description is staged, its chunks are stored as they come, and
// the last transaction publishes it. What breaks off before stays STAGED, unseen, until the sweep.
#pragma once

#include <optional>
#include <string>

#include "bitrade/documents/v1/document_agency_service.pb.h"
#include "services/common/rpc/policy_file.h"
#include "services/common/rpc/streams.h"
#include "services/documents/content/sealing.h"
#include "services/documents/content/store.h"
#include "services/documents/documents/store.h"

namespace bitrade::documents {

class Upload final : public rpc::Intake<v1::CommunicateRequest, v1::Document> {
 public:
  Upload(DocumentStore& documents, ContentStore& contents, const rpc::PolicyFile& policy)
      : documents_(documents), contents_(contents), policy_(policy) {}

  // Errors: INVALID_REQUEST, DOCUMENT_TOO_LARGE, CONTENT_MISMATCH.
  absl::StatusOr<bool> Take(v1::CommunicateRequest& message) override;

  // The same description again is answered at once, before its content comes.
  // Errors: NOT_FOUND, for what is out of the case system's reach as well, APPOINTMENT_ON_PAPER,
  // APPOINTMENT_RELEASED, APPOINTMENT_ENDED, SOURCE_ID_REUSED, CONFLICT_RETRY when the upload took
  // so long that it was swept away, or a crash of the database took a part of it.
  absl::StatusOr<std::optional<v1::Document>> Store(rpc::Changing& changing) override;

  // Errors: INVALID_REQUEST, CONTENT_MISMATCH, and what Store refuses.
  absl::StatusOr<v1::Document> Close(rpc::Changing& changing) override;

 private:
  absl::StatusOr<bool> TakeDescription(v1::CommunicateRequest& message);
  absl::StatusOr<bool> TakeData(const std::string& data);
  absl::StatusOr<std::optional<v1::Document>> Begin(rpc::Changing& changing);
  absl::StatusOr<v1::Document> Publish(rpc::Changing& changing);
  absl::Status CheckOpen(rpc::Changing& changing);
  v1::Document Answer(v1::Document kept) const;
  const std::string& source_id() const { return first_.description().source_id(); }

  DocumentStore& documents_;
  ContentStore& contents_;
  const rpc::PolicyFile& policy_;
  v1::CommunicateRequest first_;  // holds the description
  std::optional<Document> document_;
  std::optional<ContentSealer> sealer_;
  std::optional<SealedChunks> chunks_;  // of the last message; unset while it is the description
};

}  // namespace bitrade::documents
