// What a store sees of the database: prepared statements inside the transaction that the call
// opened. Stores include this header and values.h, nothing else of PostgreSQL.
#pragma once

#include <pqxx/pqxx>
#include <string>
#include <unordered_set>

#include "services/common/postgres/compat.h"

namespace bitrade::postgres {

// One statement with `$n` parameters, a constant directly above the function that runs it. `name`
// is unique in the process.
struct Statement {
  const char* name;
  const char* sql;
};

// The statements that one connection has prepared.
using PreparedNames = std::unordered_set<std::string>;

// A transaction, or in a read a bare connection whose every statement stands alone. Used by one
// thread.
class Transaction {
 public:
  Transaction(pqxx::connection& connection, pqxx::transaction_base& tx, PreparedNames& prepared)
      : connection_(connection), tx_(tx), prepared_(prepared) {}

  // Runs `statement`, preparing it when this connection sees it for the first time. Throws what
  // libpqxx throws; Connection turns it into a status. Arguments: texts, numbers, bool, and what
  // values.h makes.
  template <typename... Args>
  pqxx::result Exec(const Statement& statement, const Args&... args) {
    if (prepared_.insert(statement.name).second) Prepare(statement);
    return ExecPrepared(tx_, statement.name, args...);
  }

 private:
  // A statement that does not prepare must be tried again next time.
  void Prepare(const Statement& statement) {
    try {
      connection_.prepare(statement.name, statement.sql);
    } catch (...) {
      prepared_.erase(statement.name);
      throw;
    }
  }

  pqxx::connection& connection_;
  pqxx::transaction_base& tx_;
  PreparedNames& prepared_;
};

}  // namespace bitrade::postgres
