// A real PostgreSQL for tests: a schema of its own for each test, dropped afterwards. The server is
// the one that $BITRADE_TEST_DATABASE names (a conninfo of a role that may create schemas); `./dev
// test` starts it. Without one the test fails.
#pragma once

#include <memory>
#include <string>

#include "services/common/postgres/connection.h"
#include "services/common/postgres/migrate.h"

namespace bitrade::testing {

class Database {
 public:
  // Makes a schema and applies `plan`.
  explicit Database(const postgres::MigrationPlan& plan);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // For sessions that see this schema alone.
  const std::string& conninfo() const { return conninfo_; }
  const std::string& schema() const { return schema_; }
  postgres::Connection& connection() { return *connection_; }
  // Runs SQL outside any store, as a test's own hand.
  pqxx::result Run(const std::string& sql);

 private:
  std::string schema_, conninfo_;
  std::unique_ptr<postgres::Connection> connection_;
};

// An empty database of its own in the same cluster, dropped afterwards: for what reaches across
// databases, and for dumps.
class SeparateDatabase {
 public:
  SeparateDatabase();
  ~SeparateDatabase();
  SeparateDatabase(const SeparateDatabase&) = delete;
  SeparateDatabase& operator=(const SeparateDatabase&) = delete;

  const std::string& conninfo() const { return conninfo_; }
  // Runs SQL in a transaction of its own.
  pqxx::result Run(const std::string& sql) const;

 private:
  std::string name_, conninfo_;
};

}  // namespace bitrade::testing
