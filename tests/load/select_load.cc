// One prepared SELECT through libpqxx alone: the floor that the same list through a service is
// compared with.
//   load_select --database=CONNINFO --sql=FILE --parameters=FILE --connections=4 --seconds=5
//   [--search-path=SCHEMA]
// The parameters' file holds one SQL literal a line.
#include <atomic>
#include <pqxx/pqxx>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "tests/load/report.h"

namespace bitrade::load {
namespace {

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// libpqxx 6 and 7 agree on dynamic parameters only by way of EXECUTE.
std::string Execute(const std::vector<std::string>& literals) {
  std::string text = "EXECUTE list(";
  for (size_t i = 0; i < literals.size(); ++i) text += (i == 0 ? "" : ", ") + literals[i];
  return text + ")";
}

Report Ask(const Arguments& arguments, const std::atomic<bool>& stop) {
  pqxx::connection connection(arguments.Text("database"));
  pqxx::nontransaction session(connection);
  session.exec("PREPARE list AS " + ReadFile(arguments.Text("sql")));
  const std::string execute = Execute(Lines(ReadFile(arguments.Text("parameters"))));
  Report report;
  while (!stop) {
    const auto begin = SteadyClock::now();
    const pqxx::result rows = session.exec(execute);
    if (rows.empty()) {
      report.Bad();
    } else {
      report.Good(SteadyClock::now() - begin);
    }
  }
  return report;
}

}  // namespace
}  // namespace bitrade::load

int main(int argc, char** argv) {
  using namespace bitrade::load;
  const Arguments arguments(argc, argv);
  std::atomic<bool> stop{false};
  std::vector<Report> reports(static_cast<size_t>(arguments.Number("connections", 4)));
  std::vector<std::thread> threads;
  const auto begin = SteadyClock::now();
  for (Report& report : reports) threads.emplace_back([&] { report = Ask(arguments, stop); });
  std::this_thread::sleep_for(
      std::chrono::milliseconds(static_cast<int64_t>(arguments.Number("seconds", 5) * 1000)));
  stop = true;
  for (std::thread& thread : threads) thread.join();
  Report all;
  for (const Report& report : reports) all.Merge(report);
  all.Print(SteadyClock::now() - begin);
}
