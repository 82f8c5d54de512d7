#include "services/common/events/append.h"

#include <vector>

#include "services/common/postgres/values.h"

namespace bitrade::events {

using postgres::Statement;

constexpr Statement kAppend{"event_append", R"sql(
    INSERT INTO event (aggregate, aggregate_id, version, kind, time, actor, on_behalf_of, data)
    VALUES ($1, $2, $3, $4, $5, $6, $7, jsonb_object($8::text[], $9::text[])))sql"};

void Append(postgres::Transaction& tx, const NewEvent& event) {
  std::vector<std::string> names, values;
  for (const auto& [name, value] : event.data) {
    names.push_back(name);
    values.push_back(value);
  }
  tx.Exec(kAppend, event.aggregate, event.aggregate_id, event.version, event.kind,
          postgres::TimeParam(event.time), event.actor, postgres::NullIfEmpty(event.on_behalf_of),
          postgres::ArrayParam(names), postgres::ArrayParam(values));
}

}  // namespace bitrade::events
