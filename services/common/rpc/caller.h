// Who calls, as far as it is proved: a person by identity's ticket through the gateway, a case
// system or a process of ours by its certificate.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "absl/time/time.h"

namespace bitrade::rpc {

// A person, proved for two minutes.
struct Ticket {
  std::string person_id;
  std::string session_id;
  std::string method;  // how the person logged in: MOBILE_BANKID
  int assurance = 0;   // 3 or 4
  absl::Time auth_time;
  absl::Time session_time;
  absl::Time expire_time;
};

enum class CallerKind { kPerson, kCaseSystem, kService };

struct Caller {
  CallerKind kind = CallerKind::kService;
  std::string process;  // of the certificate: "gateway", "documents", "case-system/journey"
  std::shared_ptr<const Ticket> ticket;  // of a person
  std::string acting_for;                // of a person: the counsel's id; the use case checks it
  std::string officer;                   // of a case system
  std::string about_person;  // for the audit trail alone: on whose behalf a process of ours asks
  std::string request_id;
  std::string traceparent;

  // Who did it, for events and audit: the person's id, or the process.
  const std::string& actor() const { return ticket ? ticket->person_id : process; }
  // The counsel whom a person acts as. A counsel's id is the person's id.
  const std::string& counsel_id() const { return acting_for; }
  // A person who acts for somebody else. That this is allowed the use case checks, object by
  // object.
  bool is_delegate() const { return ticket != nullptr && acting_for != ticket->person_id; }
};

}  // namespace bitrade::rpc
