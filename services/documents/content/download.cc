#include "services/documents/content/download.h"

#include <algorithm>
#include <utility>

#include "services/common/base/status_macros.h"
#include "services/common/error/id_field.h"
#include "services/documents/documents/convert.h"

namespace bitrade::documents {

absl::Status Download::Open(rpc::Reading& reading) {
  ASSIGN_OR_RETURN(const DocumentId id, ParseId<DocumentId>(request_.document_id(), "document_id"));
  reading.Saw(id.text());
  ASSIGN_OR_RETURN(found_, documents_.FindKeyed(reading.tx(), ReaderOf(reading), id));
  if (!found_) return NotSeen(reading, documents_, id);
  ASSIGN_OR_RETURN(range_, ResolveRange(found_->document.description.size, request_.offset(),
                                        request_.length()));
  next_chunk_ = range_.first_chunk();
  return absl::OkStatus();
}

absl::StatusOr<bool> Download::Next(rpc::Reading& reading, v1::DownloadResponse& response) {
  if (!begun_) {
    FillMetadata(response);
    begun_ = true;
    return true;
  }
  if (request_.metadata_only() || next_chunk_ == range_.end_chunk()) return false;
  ASSIGN_OR_RETURN(std::string data, ReadChunk(reading));
  const int64_t start = next_chunk_ * kChunkSize;
  const int64_t from = std::max(range_.offset - start, int64_t{0});
  const int64_t to = std::min(range_.end() - start, kChunkSize);
  data.resize(static_cast<size_t>(to));
  data.erase(0, static_cast<size_t>(from));
  response.set_data(std::move(data));
  ++next_chunk_;
  return true;
}

void Download::FillMetadata(v1::DownloadResponse& response) {
  *response.mutable_document() = ToProto(found_->document);
  response.set_offset(range_.offset);
  response.set_length(range_.length);
}

absl::StatusOr<std::string> Download::ReadChunk(rpc::Reading& reading) {
  const Document& document = found_->document;
  const std::optional<std::string> sealed =
      contents_.Get(reading.tx(), ReaderOf(reading), document.id, next_chunk_);
  if (!sealed) return NotSeen(reading, documents_, document.id);
  return OpenContent({document.id, document.description.size, next_chunk_}, found_->data_key,
                     *sealed);
}

}  // namespace bitrade::documents
