#include "services/common/testing/database.h"

#include <cstdlib>
#include <stdexcept>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/common/crypto/digest.h"

namespace bitrade::testing {
namespace {

std::string Server() {
  const char* conninfo = std::getenv("BITRADE_TEST_DATABASE");
  if (conninfo == nullptr)
    throw std::runtime_error(
        "BITRADE_TEST_DATABASE is not set: run ./dev test, which starts PostgreSQL");
  return conninfo;
}

pqxx::result Execute(const std::string& conninfo, const std::string& sql) {
  pqxx::connection session(conninfo);
  pqxx::work tx(session);
  pqxx::result rows = tx.exec(sql);
  tx.commit();
  return rows;
}

}  // namespace

Database::Database(const postgres::MigrationPlan& plan)
    : schema_(absl::StrCat("t_", absl::BytesToHexString(crypto::RandomBytes(8)))),
      conninfo_(absl::StrCat(Server(), " options='-c search_path=", schema_, " -c TimeZone=UTC'")) {
  Execute(Server(), "CREATE SCHEMA " + schema_);
  const auto applied = postgres::Migrate(conninfo_, plan, "");
  if (!applied.ok()) throw std::runtime_error(applied.status().ToString());
  connection_ = std::make_unique<postgres::Connection>(conninfo_);
}

Database::~Database() {
  connection_.reset();
  Execute(Server(), "DROP SCHEMA " + schema_ + " CASCADE");
}

pqxx::result Database::Run(const std::string& sql) { return Execute(conninfo_, sql); }

SeparateDatabase::SeparateDatabase()
    : name_(absl::StrCat("d_", absl::BytesToHexString(crypto::RandomBytes(8)))),
      conninfo_(absl::StrCat(Server(), " dbname=", name_)) {
  pqxx::connection session(Server());
  pqxx::nontransaction(session).exec("CREATE DATABASE " + name_);
}

SeparateDatabase::~SeparateDatabase() {
  pqxx::connection session(Server());
  pqxx::nontransaction(session).exec("DROP DATABASE " + name_ + " WITH (FORCE)");
}

pqxx::result SeparateDatabase::Run(const std::string& sql) const { return Execute(conninfo_, sql); }

}  // namespace bitrade::testing
