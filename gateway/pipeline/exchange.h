// One request on its way through the gateway, with everything that is known of it, and the one
// place where its answer is written and logged.
#pragma once

#include <google/protobuf/arena.h>
#include <google/protobuf/message.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "bitrade/gateway/v1/stored_session.pb.h"
#include "gateway/http/message.h"
#include "gateway/http/reply.h"
#include "gateway/pipeline/parts.h"
#include "gateway/transcoding/language.h"
#include "gateway/transcoding/route_table.h"
#include "services/common/rpc/outgoing.h"

namespace bitrade::gateway {

// Belongs to whoever works on it, one thread at a time. One that is dropped unanswered answers
// INTERNAL_ERROR.
class Exchange {
 public:
  Exchange(http::Request request, http::Reply reply, const Parts& parts);
  ~Exchange();

  const http::Request& request() const { return request_; }
  const std::string& request_id() const { return request_id_; }
  const std::string& traceparent() const { return traceparent_; }
  Language language() const { return language_; }
  absl::Time now() const { return now_; }
  const Parts& parts() const { return parts_; }
  // Returns the cookie's value, "" without.
  absl::string_view Cookie(absl::string_view name) const;
  // Returns what travels on with a call that may take `time`.
  rpc::Outgoing OutgoingFor(std::chrono::milliseconds time) const;

  // The route; set once by the pipeline.
  const Route* route() const { return route_; }
  void TakeRoute(const Route& route) { route_ = &route; }

  // Messages of this exchange, which live as long as it does.
  google::protobuf::Message* NewMessage(const google::protobuf::Descriptor& type);
  // The request as the RPC's message.
  google::protobuf::Message* message = nullptr;
  // Who asks, where the route is not public; and the key of that session.
  v1::StoredSession session;
  std::string session_key;
  // A page that is not ours has sent it.
  bool from_foreign_page = false;

  // Adds a header to the answer.
  void AddHeader(std::string name, std::string value);

  // Answers with a message, as the route says: status, cache, `ETag` and 304, `Location`.
  void Answer(const google::protobuf::Message& answer);
  // The same with a message of the route's output type as it came over the wire.
  void AnswerSerialized(absl::string_view answer);
  // Answers with a body that is no message of ours; `headers` come on top of the standard ones.
  void Send(http::Response response);
  // Answers 303: the browser goes on to `location`.
  void GoTo(std::string location);
  // Answers with a problem document, and tells the audit trail where it refuses a person whom it
  // knows. Precondition: `status` is not OK.
  void Refuse(const absl::Status& status);
  // The same with what a service has refused, in whose trail it stands.
  void PassOnRefusal(const absl::Status& status);

  // Begins an answer whose body comes in pieces, of `length` bytes.
  void Begin(int status, std::string content_type, uint64_t length);
  // See http::Reply. Only after Begin.
  bool Write(std::string piece, std::function<void()> on_drain);
  void End();
  void Abort();
  bool ClientGone() const { return reply_.ClientGone(); }

 private:
  std::vector<http::Header> TakeHeaders();
  void SendJson(http::Response response, std::string etag);
  void SendProblem(const absl::Status& status);
  void Log(int status, const std::string& reason);

  // Most answers fit into it.
  static constexpr size_t kFirstBlock = 8192;
  alignas(8) char block_[kFirstBlock];
  google::protobuf::Arena arena_;

  const Parts& parts_;
  const UnderWay::Hold hold_;
  const std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  const absl::Time now_;
  const http::Request request_;
  http::Reply reply_;
  std::string request_id_;
  std::string traceparent_;
  Language language_;
  const Route* route_ = nullptr;
  std::vector<http::Header> headers_;
  bool answered_ = false;
  int streamed_status_ = 0;
};

using ExchangePtr = std::shared_ptr<Exchange>;

}  // namespace bitrade::gateway
