#include "services/common/access/delegations/projection.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "bitrade/events/v1/event_service.pb.h"
#include "services/common/events/data.h"
#include "services/common/postgres/values.h"
#include "services/common/rpc/ask.h"

namespace bitrade::access {
namespace {

using events::DataText;
using postgres::Statement;

// What is not told has passed long ago.
absl::Time Instant(const events::v1::Event& event, const char* name) {
  return absl::FromUnixMicros(events::DataMicros(event, name));
}

}  // namespace

std::optional<DelegationFacts> DelegationFactsOf(const events::v1::Event& event) {
  if (event.aggregate() != "delegation") return std::nullopt;
  return DelegationFacts{
      .delegation_id = event.aggregate_id(),
      .principal_id = DataText(event, "principal"),
      .delegate_id = DataText(event, "delegate"),
      .scopes = absl::StrSplit(DataText(event, "scopes"), ',', absl::SkipEmpty()),
      .valid_from = Instant(event, "valid_from_us"),
      .valid_until = Instant(event, "valid_until_us"),
      .active = DataText(event, "state") == "ACTIVE",
      .version = event.version()};
}

constexpr Statement kStore{"access_delegation_store", R"sql(
    INSERT INTO access_delegation (delegation_id, principal_id, delegate_id, scopes, valid_from, valid_until, active, version)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (delegation_id) DO UPDATE
    SET scopes = excluded.scopes, valid_from = excluded.valid_from, valid_until = excluded.valid_until, active = excluded.active,
        version = excluded.version
    WHERE access_delegation.version < excluded.version)sql"};

void Store(postgres::Transaction& tx, const DelegationFacts& facts) {
  tx.Exec(kStore, facts.delegation_id, facts.principal_id, facts.delegate_id,
          postgres::ArrayParam(facts.scopes), postgres::TimeParam(facts.valid_from),
          postgres::TimeParam(facts.valid_until), facts.active, facts.version);
}

absl::Status ApplyDelegation(postgres::Transaction& tx, const events::v1::Event& event) {
  if (const auto facts = DelegationFactsOf(event)) Store(tx, *facts);
  return absl::OkStatus();
}

constexpr Statement kReset{"access_delegation_reset", "DELETE FROM access_delegation"};

void ResetDelegations(postgres::Transaction& tx) { tx.Exec(kReset); }

Reader ReaderOf(const rpc::Reading& reading) {
  Reader reader{.counsel_id = reading.caller().counsel_id(),
                .now = reading.now(),
                .asked = reading.asked(),
                .delegate_id = std::nullopt,
                .scope = reading.scope()};
  if (reading.caller().is_delegate()) reader.delegate_id = reading.caller().ticket->person_id;
  return reader;
}

absl::Status NotSeenAs(const rpc::Reading& reading, const std::string& subject,
                       const Reason& refusal) {
  const rpc::Caller& caller = reading.caller();
  const bool nobody_to_ask = subject.empty() && !caller.is_delegate();
  if (reading.asked() || nobody_to_ask) return Refuse(refusal);
  if (!caller.is_delegate()) return rpc::AskFirst(subject);
  return rpc::AskFirst(
      absl::StrCat(subject, "/", caller.counsel_id(), "/", caller.ticket->person_id));
}

Question QuestionOf(const std::string& key) {
  const std::vector<std::string> parts = absl::StrSplit(key, '/');
  if (parts.size() != 3) return {.subject = key, .principal_id = "", .delegate_id = ""};
  return {.subject = parts[0], .principal_id = parts[1], .delegate_id = parts[2]};
}

}  // namespace bitrade::access
