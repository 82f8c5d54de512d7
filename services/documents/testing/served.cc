#include "services/documents/testing/served.h"

#include "services/documents/communications/service.h"
#include "services/documents/content/service.h"
#include "services/documents/documents/service.h"

namespace bitrade::documents::testing {
namespace {

using Writer = std::unique_ptr<grpc::ClientWriter<v1::CommunicateRequest>>;

constexpr size_t kPiece = 100'000;

bool WriteAll(const Writer& writer, const v1::CommunicateDescription& description,
              const std::string& content) {
  v1::CommunicateRequest message;
  *message.mutable_description() = description;
  bool open = writer->Write(message);
  for (size_t at = 0; open && at < content.size(); at += kPiece) {
    message.set_data(content.substr(at, kPiece));
    open = writer->Write(message);
  }
  return open;
}

absl::StatusOr<v1::Document> Answer(const grpc::Status& status, const v1::Document& document) {
  if (!status.ok()) return rpc::FromGrpc(status);
  return document;
}

}  // namespace

std::string Downloaded::content() const {
  std::string all;
  for (const v1::DownloadResponse& message : messages) all += message.data();
  return all;
}

Served::Served()
    : server_(keys_, {.name = "documents", .conninfo = bench_.database.conninfo()}, bench_.clock) {
  server_.AskWith(bench_.AskerOfMap());
  server_.Serve(std::make_unique<DocumentService>(server_.rpc(), bench_.documents));
  server_.Serve(std::make_unique<ContentService>(server_.rpc(), bench_.documents, bench_.contents));
  server_.Serve(std::make_unique<DocumentAgencyService>(server_.rpc(), bench_.documents,
                                                        bench_.contents, server_.policy()));
  server_.Start();
  agency_ = std::make_unique<rpc::testing::Client>(keys_, server_, "case-system/journey");
  gateway_ = std::make_unique<rpc::testing::Client>(keys_, server_, "gateway");
  communicating_ = v1::DocumentAgencyService::NewStub(agency_->channel());
  seeing_ = v1::DocumentService::NewStub(gateway_->channel());
  reading_ = v1::ContentService::NewStub(gateway_->channel());
  LogIn(kCounsel);
}

void Served::LogIn(const std::string& person_id) {
  gateway_->BringTicket(keys_.TicketFor(person_id, bench_.clock.TimeNow()));
  gateway_->ActFor("");
}

void Served::LogInDelegate() {
  LogIn(kDelegate);
  gateway_->ActFor(kCounsel);
}

absl::StatusOr<v1::Document> Served::Communicate(const v1::CommunicateDescription& description,
                                                 const std::string& content) {
  grpc::ClientContext context;
  agency_->Prepare(context);
  v1::Document document;
  const Writer writer = communicating_->Communicate(&context, &document);
  if (WriteAll(writer, description, content)) writer->WritesDone();
  return Answer(writer->Finish(), document);
}

grpc::Status Served::BreakOff(const v1::CommunicateDescription& description,
                              const std::string& content) {
  grpc::ClientContext context;
  agency_->Prepare(context);
  v1::Document document;
  const Writer writer = communicating_->Communicate(&context, &document);
  WriteAll(writer, description, content);
  context.TryCancel();
  return writer->Finish();
}

absl::StatusOr<v1::Document> Served::Describe(const v1::CommunicateDescription& description) {
  grpc::ClientContext context;
  agency_->Prepare(context);
  v1::Document document;
  const Writer writer = communicating_->Communicate(&context, &document);
  WriteAll(writer, description, "");
  return Answer(writer->Finish(), document);
}

Downloaded Served::Download(const v1::DownloadRequest& request) {
  grpc::ClientContext context;
  gateway_->Prepare(context);
  const auto reader = reading_->Download(&context, request);
  Downloaded downloaded;
  v1::DownloadResponse message;
  while (reader->Read(&message)) downloaded.messages.push_back(message);
  downloaded.status = reader->Finish();
  return downloaded;
}

absl::StatusOr<v1::Document> Served::Get(const std::string& id) {
  v1::GetDocumentRequest request;
  request.set_id(id);
  return gateway_->Call(*seeing_, &v1::DocumentService::Stub::GetDocument, request);
}

absl::StatusOr<v1::ListDocumentsResponse> Served::List(const v1::ListDocumentsRequest& request) {
  return gateway_->Call(*seeing_, &v1::DocumentService::Stub::ListDocuments, request);
}

}  // namespace bitrade::documents::testing
