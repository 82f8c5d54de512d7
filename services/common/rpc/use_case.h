// What a use case sees of its call: who asks, when, and the database; and where it says what it
// read and changed.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/common/base/id_source.h"
#include "services/common/base/status_macros.h"
#include "services/common/error/error.h"
#include "services/common/idempotency/idempotency.h"
#include "services/common/postgres/transaction.h"
#include "services/common/rpc/call.h"
#include "services/common/rpc/method.h"

namespace bitrade::rpc {

// A read. Every statement stands alone.
class Reading {
 public:
  Reading(Call& call, postgres::Transaction& tx) : call_(call), tx_(tx) {}

  const Caller& caller() const { return call_.caller(); }
  absl::Time now() const { return call_.now(); }
  postgres::Transaction& tx() { return tx_; }
  // The owner of the facts was asked in this call: what the projection says now counts, whatever
  // its age.
  bool asked() const { return call_.asked(); }
  // What a delegate must be allowed to do for this RPC; empty where none is let in.
  const std::string& scope() const { return call_.method().scope; }
  // Names an object that was read or changed, for the audit trail.
  void Saw(const std::string& object_id) { call_.Saw(object_id); }
  // Adds what surrounds the call to its audit row; an empty value says nothing.
  void Note(audit::Circumstance kind, absl::string_view value) { call_.Note(kind, value); }

 protected:
  Call& call_;
  postgres::Transaction& tx_;
};

// A change: one transaction for rows, event, first answer and audit row.
class Changing : public Reading {
 public:
  using Reading::Reading;

  // Makes an id of one kind.
  template <typename IdType>
  IdType NewId() {
    return call_.parts().ids.New<IdType>(now());
  }

  // Tells other services of a change. Call it after the locks of what changes are held.
  void Emit(const std::string& aggregate, const std::string& id, int64_t version,
            const std::string& kind, std::map<std::string, std::string> data = {});

  // Runs `work` unless `key` has been answered before: then returns the first answer. Call it after
  // authorisation and visibility, and compare the etag within `work`. `work` returns
  // StatusOr<Response>. Errors: INVALID_REQUEST for a missing or too long key,
  // IDEMPOTENCY_KEY_REUSED, IDEMPOTENCY_IN_PROGRESS, the work's own.
  template <typename Response, typename Request, typename Work>
  absl::StatusOr<Response> Once(const std::string& key, const Request& request, Work work) {
    return Remembered<Response>(ClientKey(key), request.SerializeAsString(), work);
  }

  // The same for a case system's source id, which is unique for ever per calling system.
  // Errors: SOURCE_ID_REUSED when it belongs to other content.
  template <typename Response, typename Request, typename Work>
  absl::StatusOr<Response> OncePerSource(const std::string& source_id, const Request& request,
                                         Work work) {
    return Remembered<Response>(SourceKey(source_id),
                                MethodOf<Request>().name + request.SerializeAsString(), work);
  }

  // Returns the answer that a source id has got already: what a stream asks before its content
  // comes. Errors: SOURCE_ID_REUSED, IDEMPOTENCY_IN_PROGRESS, INVALID_REQUEST for a missing or too
  // long id.
  template <typename Response, typename Request>
  absl::StatusOr<std::optional<Response>> FirstAnswer(const std::string& source_id,
                                                      const Request& request) {
    ASSIGN_OR_RETURN(
        const std::optional<std::string> first,
        Recall(SourceKey(source_id), MethodOf<Request>().name + request.SerializeAsString()));
    if (!first) return std::nullopt;
    ASSIGN_OR_RETURN(Response again, Parsed<Response>(*first));
    return again;
  }

 private:
  // Which key, for how long, and what to say when it belongs to another request.
  struct Memory {
    idempotency::Key key;
    absl::Time expire;
    const Reason* reused;
    const char* field;
  };
  Memory ClientKey(const std::string& key) const;
  Memory SourceKey(const std::string& source_id) const;
  absl::StatusOr<std::optional<std::string>> Recall(const Memory& memory,
                                                    const std::string& request);
  void Remember(const Memory& memory, const std::string& request, const std::string& answer);

  template <typename Response>
  static absl::StatusOr<Response> Parsed(const std::string& kept) {
    Response answer;
    if (!answer.ParseFromString(kept)) return absl::DataLossError("a kept answer does not parse");
    return answer;
  }

  template <typename Response, typename Work>
  absl::StatusOr<Response> Remembered(const Memory& memory, const std::string& request,
                                      Work& work) {
    ASSIGN_OR_RETURN(const std::optional<std::string> first, Recall(memory, request));
    if (first) return Parsed<Response>(*first);
    ASSIGN_OR_RETURN(Response response, work());
    Remember(memory, request, response.SerializeAsString());
    return response;
  }
};

}  // namespace bitrade::rpc
