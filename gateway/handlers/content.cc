#include "gateway/handlers/content.h"

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "bitrade/gateway/v1/content_service.pb.h"
#include "gateway/backends/forward.h"
#include "gateway/clients/documents.h"
#include "gateway/handlers/byte_range.h"
#include "gateway/handlers/content_headers.h"
#include "gateway/pipeline/etag.h"
#include "services/common/error/error.h"

namespace bitrade::gateway {
namespace {

using documents::v1::DownloadRequest;
using documents::v1::DownloadResponse;

// Enough for a slow line; a reader who takes nothing is ended by the edge long before.
constexpr std::chrono::minutes kStreamTime{10};

// One request for content.
class ContentAnswer : public std::enable_shared_from_this<ContentAnswer> {
 public:
  ContentAnswer(DocumentsClient& documents, ExchangePtr exchange, std::string document_id)
      : documents_(documents),
        exchange_(std::move(exchange)),
        document_id_(std::move(document_id)),
        range_(head() ? std::nullopt : ParseRange(exchange_->request().Find("range"))) {}

  // What needs the entity tag first asks for the metadata first.
  void Start() {
    const bool conditional = !exchange_->request().Find("if-none-match").empty() ||
                             (range_ && !exchange_->request().Find("if-range").empty());
    head() || conditional ? AskMetadata() : Stream();
  }

 private:
  bool head() const { return exchange_->request().method == "HEAD"; }

  void Download(DownloadRequest request, DownloadSink sink) {
    request.set_document_id(document_id_);
    documents_.Download(exchange_->OutgoingFor(kStreamTime), AuthorityOf(*exchange_),
                        std::move(request), std::move(sink));
  }

  void AskMetadata();
  void Decide();
  void SendHead();
  void Stream();
  bool Begin(const DownloadResponse& first);
  bool Write(std::string piece, const std::function<void(bool)>& go_on);
  void End(const absl::Status& status);
  void Refuse(const absl::Status& status);

  DocumentsClient& documents_;
  const ExchangePtr exchange_;
  const std::string document_id_;
  std::optional<AskedRange> range_;
  documents::v1::Document document_;
  bool begun_ = false;
};

void ContentAnswer::AskMetadata() {
  DownloadRequest request;
  request.set_metadata_only(true);
  const auto self = shared_from_this();
  Download(std::move(request), {.begin =
                                    [self](const DownloadResponse& first) {
                                      self->document_ = first.document();
                                      return true;
                                    },
                                .piece = [](const std::string&, const auto&) { return true; },
                                .end =
                                    [self](const absl::Status& status) {
                                      status.ok() ? self->Decide() : self->Refuse(status);
                                    }});
}

void ContentAnswer::Decide() {
  const std::string etag = ContentEtag(document_);
  const http::Request& request = exchange_->request();
  if (Matches(request.Find("if-none-match"), etag)) {
    AddContentHeaders(document_, *exchange_);
    return exchange_->Send({.status = 304});
  }
  if (head()) return SendHead();
  const absl::string_view if_range = request.Find("if-range");
  if (!if_range.empty() && if_range != etag) range_.reset();
  Stream();
}

void ContentAnswer::SendHead() {
  AddContentHeaders(document_, *exchange_);
  exchange_->Begin(200, document_.media_type(), static_cast<uint64_t>(document_.size()));
  exchange_->End();
}

void ContentAnswer::Stream() {
  DownloadRequest request;
  if (range_) {
    request.set_offset(range_->offset);
    request.set_length(range_->length);
  }
  const auto self = shared_from_this();
  Download(std::move(request),
           {.begin = [self](const DownloadResponse& first) { return self->Begin(first); },
            .piece =
                [self](std::string piece, const std::function<void(bool)>& go_on) {
                  return self->Write(std::move(piece), go_on);
                },
            .end = [self](const absl::Status& status) { self->End(status); }});
}

bool ContentAnswer::Begin(const DownloadResponse& first) {
  begun_ = true;
  AddContentHeaders(first.document(), *exchange_);
  if (range_) {
    exchange_->AddHeader("Content-Range", absl::StrCat("bytes ", first.offset(), "-",
                                                       first.offset() + first.length() - 1, "/",
                                                       first.document().size()));
  }
  exchange_->Begin(range_ ? 206 : 200, first.document().media_type(),
                   static_cast<uint64_t>(first.length()));
  return true;
}

bool ContentAnswer::Write(std::string piece, const std::function<void(bool)>& go_on) {
  const bool more = exchange_->Write(
      std::move(piece), [go_on, exchange = exchange_] { go_on(!exchange->ClientGone()); });
  if (!more || !exchange_->ClientGone()) return more;
  go_on(false);
  return false;
}

void ContentAnswer::End(const absl::Status& status) {
  if (!begun_) return Refuse(status);
  status.ok() ? exchange_->End() : exchange_->Abort();
}

// A range that lies outside is told the size, as far as documents says it.
void ContentAnswer::Refuse(const absl::Status& status) {
  if (status.ok()) return exchange_->Refuse(absl::InternalError("documents sent nothing"));
  if (status.code() == absl::StatusCode::kOutOfRange) {
    for (const auto& [name, value] : DetailsOf(status).metadata) {
      if (name == "size") exchange_->AddHeader("Content-Range", absl::StrCat("bytes */", value));
    }
  }
  exchange_->PassOnRefusal(status);
}

}  // namespace

void AddContentHandler(DocumentsClient& documents, Handlers& handlers) {
  handlers.Add<v1::GetContentRequest>(
      [&documents](const ExchangePtr& exchange, const v1::GetContentRequest& request) {
        std::make_shared<ContentAnswer>(documents, exchange, request.document_id())->Start();
      });
}

}  // namespace bitrade::gateway
