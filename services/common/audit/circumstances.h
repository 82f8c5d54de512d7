// What surrounded an event of the audit trail, beside the columns that every row has: for some
// events alone, and some of it personal data.
#pragma once

#include <map>
#include <string>

#include "absl/strings/string_view.h"

namespace bitrade::audit {

// A closed list, so that nothing else gets into a trail that nobody can shorten: no token, no
// cookie, no personal number, no words of a document.
enum class Circumstance {
  kAcr,                // the level that an OpenID provider vouched for
  kAddress,            // the browser's IP address
  kAskedIn,            // the session in which it was asked, where the row is another session's
  kCertificatePolicy,  // the OID of the kind of e-legitimation
  kChanged,            // names of the members that changed, with commas
  kCount,              // how many equal events the row stands for
  kDigest,             // SHA-256 of a file that came into force
  kOrderId,            // the provider's reference of an order
  kPurpose,            // what a log-in or a signature was for
  kRisk,               // what the provider thinks of the risk
  kRoute,              // of a request that got no further than the gateway
  kWhy,                // it happened: a reason of ours or one of a party's list
};

// At most one value of each; a value.
class Circumstances {
 public:
  // Sets a value; an empty one says nothing. A foreign word never costs an event its row: what is
  // no printable ASCII becomes "?", and what is longer than 300 characters ends there.
  void Set(Circumstance kind, absl::string_view value);

  bool Has(Circumstance kind) const { return values_.count(kind) > 0; }
  bool empty() const { return values_.empty(); }

  // As the column has it: {"address":"192.0.2.7","order_id":"…"}, "{}" for none.
  std::string Json() const;

 private:
  std::map<Circumstance, std::string> values_;
};

}  // namespace bitrade::audit
