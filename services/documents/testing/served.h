// documents as its process serves it, over the database of a Bench; with a case system and the
// gateway, which brings a counsel's ticket.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "bitrade/documents/v1/document_agency_service.grpc.pb.h"
#include "bitrade/documents/v1/document_service.grpc.pb.h"
#include "services/common/rpc/testing/server.h"
#include "services/documents/testing/bench.h"

namespace bitrade::documents::testing {

// What a download gave before it ended.
struct Downloaded {
  grpc::Status status;
  std::vector<v1::DownloadResponse> messages;

  std::string content() const;
};

class Served {
 public:
  Served();

  Bench& bench() { return bench_; }
  // From now on the gateway brings the ticket of `person_id`; at first kCounsel's.
  void LogIn(const std::string& person_id);
  // From now on kDelegate's, who acts for kCounsel.
  void LogInDelegate();

  // Streams `content` in pieces of 100 000 bytes.
  absl::StatusOr<v1::Document> Communicate(const v1::CommunicateDescription& description,
                                           const std::string& content);
  // Streams the description and `content`, and breaks off.
  grpc::Status BreakOff(const v1::CommunicateDescription& description, const std::string& content);
  // Sends the description alone, keeps the stream open and waits for an answer.
  absl::StatusOr<v1::Document> Describe(const v1::CommunicateDescription& description);

  Downloaded Download(const v1::DownloadRequest& request);
  absl::StatusOr<v1::Document> Get(const std::string& id);
  absl::StatusOr<v1::ListDocumentsResponse> List(const v1::ListDocumentsRequest& request);

 private:
  Bench bench_;
  rpc::testing::Keys keys_;
  rpc::testing::Server server_;
  std::unique_ptr<rpc::testing::Client> agency_, gateway_;
  std::unique_ptr<v1::DocumentAgencyService::Stub> communicating_;
  std::unique_ptr<v1::DocumentService::Stub> seeing_;
  std::unique_ptr<v1::ContentService::Stub> reading_;
};

}  // namespace bitrade::documents::testing
