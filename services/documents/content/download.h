// One download: first the metadata, then a chunk a message, each read when the one before has left.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "bitrade/documents/v1/document_service.pb.h"
#include "services/common/rpc/use_case.h"
#include "services/documents/content/store.h"
#include "services/documents/documents/store.h"
#include "services/documents/domain/byte_range.h"

namespace bitrade::documents {

// Used by one thread at a time.
class Download {
 public:
  Download(DocumentStore& documents, ContentStore& contents, v1::DownloadRequest request)
      : documents_(documents), contents_(contents), request_(std::move(request)) {}

  // Finds the document and the range. Errors: NOT_FOUND, RANGE_NOT_SATISFIABLE, SEAL_BROKEN.
  absl::Status Open(rpc::Reading& reading);

  // Fills the next message; false when there is none. Who loses sight of the document meanwhile
  // gets no further chunk. Errors: NOT_FOUND, SEAL_BROKEN.
  absl::StatusOr<bool> Next(rpc::Reading& reading, v1::DownloadResponse& response);

 private:
  void FillMetadata(v1::DownloadResponse& response);
  absl::StatusOr<std::string> ReadChunk(rpc::Reading& reading);

  DocumentStore& documents_;
  ContentStore& contents_;
  const v1::DownloadRequest request_;
  std::optional<KeyedDocument> found_;
  ByteRange range_;
  bool begun_ = false;
  int64_t next_chunk_ = 0;
};

}  // namespace bitrade::documents
