// One row of the audit trail.
#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/common/audit/circumstances.h"

namespace bitrade::audit {

struct Entry {
  absl::Time time;
  std::string rpc;         // "bitrade.documents.v1.DocumentService/GetDocument"
  std::string actor_kind;  // PERSON, CASE_SYSTEM, SERVICE, ANONYMOUS
  std::string actor;       // a person's id, or a process' name
  std::string officer;     // of a case system
  std::string acting_for;  // for whom a person acted
  std::string ground;      // on which the call was allowed: "COUNSEL", "CASE_SYSTEM", …
  std::string outcome;     // OK, or the reason's name
  std::string request_id;
  std::string session_id;
  std::string method;                   // how the person had logged in
  std::vector<std::string> object_ids;  // UUIDs of what was read or changed
  Circumstances circumstances;          // what surrounded it, where there is something to say
};

}  // namespace bitrade::audit
