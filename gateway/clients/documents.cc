#include "gateway/clients/documents.h"

#include <utility>

#include "gateway/clients/download.h"

namespace bitrade::gateway {

DocumentsClient::DocumentsClient(rpc::Neighbour& documents)
    : documents_(documents), stub_(documents::v1::ContentService::NewStub(documents.channel())) {}

void DocumentsClient::Download(const rpc::Outgoing& outgoing, const Authority& authority,
                               documents::v1::DownloadRequest request, DownloadSink sink) {
  if (absl::Status admitted = documents_.Enter(); !admitted.ok()) return sink.end(admitted);
  const auto stream =
      std::make_shared<DownloadStream>(documents_, std::move(request), std::move(sink));
  rpc::Neighbour::AddMetadata(outgoing, stream->context());
  AddAuthority(authority, stream->context());
  stream->context().set_deadline(outgoing.deadline);
  stream->Start(*stub_);
}

}  // namespace bitrade::gateway
