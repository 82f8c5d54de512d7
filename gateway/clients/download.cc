#include "gateway/clients/download.h"

#include <chrono>
#include <utility>

#include "services/common/rpc/status.h"

namespace bitrade::gateway {
namespace {

constexpr std::chrono::milliseconds kToBegin{900};

}  // namespace

DownloadStream::DownloadStream(rpc::Neighbour& documents, documents::v1::DownloadRequest request,
                               DownloadSink sink)
    : documents_(documents), request_(std::move(request)), sink_(std::move(sink)) {}

// gRPC has a deadline for a call and none for its first message; a slow reader must not be cut off
// by one that fits a service that hangs.
void DownloadStream::Start(documents::v1::ContentService::Stub& stub) {
  self_ = shared_from_this();
  // The alarm keeps its function as long as it is kept itself.
  too_late_.Set(std::chrono::system_clock::now() + kToBegin,
                [weak = weak_from_this()](bool passed) {
                  const std::shared_ptr<DownloadStream> self = weak.lock();
                  if (!passed || self == nullptr || self->begun_) return;
                  self->late_ = true;
                  self->context_.TryCancel();
                });
  stub.async()->Download(&context_, &request_, this);
  StartRead(&message_);
  StartCall();
}

void DownloadStream::OnReadDone(bool ok) {
  if (!ok) return;  // the end, or a fault: OnDone says which
  begun_.exchange(true) ? TakePiece() : Begin();
}

void DownloadStream::Begin() {
  too_late_.Cancel();
  if (!sink_.begin(message_)) return context_.TryCancel();
  StartRead(&message_);
}

// While the sink does not want more, no read is under way, and only the hold keeps gRPC from
// ending the call below GoOn.
void DownloadStream::TakePiece() {
  AddHold();
  const bool more = sink_.piece(std::move(*message_.mutable_data()),
                                [self = shared_from_this()](bool wanted) { self->GoOn(wanted); });
  if (more) GoOn(true);
}

void DownloadStream::GoOn(bool wanted) {
  if (wanted) {
    StartRead(&message_);
  } else {
    context_.TryCancel();
  }
  RemoveHold();
}

void DownloadStream::OnDone(const grpc::Status& status) {
  const std::shared_ptr<DownloadStream> self = std::move(self_);
  const grpc::Status outcome =
      late_ ? grpc::Status(grpc::StatusCode::DEADLINE_EXCEEDED, "no first message") : status;
  documents_.Left(outcome);
  sink_.end(rpc::FromGrpc(outcome));
  too_late_.Cancel();
}

}  // namespace bitrade::gateway
