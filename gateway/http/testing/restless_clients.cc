#include "gateway/http/testing/restless_clients.h"

#include <random>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gateway/http/testing/raw_client.h"

namespace bitrade::gateway::http::testing {
namespace {

class RestlessClient {
 public:
  RestlessClient(int port, int number, Tally& tally)
      : port_(port), number_(number), random_(static_cast<unsigned>(number)), tally_(tally) {}

  void Connect() {
    RawClient connection(port_);
    switch (random_() % 6) {
      case 0:  // leaves with the request on its way
      case 1:
        Ask(connection);
        Dawdle();
        return;
      case 2:  // leaves in the middle of a request
        connection.Send("GET /never HTTP/1.1\r\nHo");
        return;
      case 3:  // never asks
        return ExpectNothingMore(connection);
      default:  // asks and stays
        Expect(connection, Ask(connection));
        Expect(connection, Ask(connection));
        return ExpectNothingMore(connection);
    }
  }

 private:
  std::string Ask(RawClient& connection) {
    std::string path = absl::StrCat("/", number_, ".", ++asked_);
    connection.Send(
        absl::StrCat("GET ", path, " HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\n"));
    ++tally_.asked;
    return path;
  }

  void Expect(RawClient& connection, absl::string_view path) {
    ++tally_.awaited;
    const std::string answer = connection.ReadAnswer();
    if (BodyOf(answer) == EchoOf(path)) {
      ++tally_.answered;
    } else if (!answer.empty()) {
      ++tally_.strayed;
    }
  }

  void ExpectNothingMore(RawClient& connection) {
    connection.EndSending();
    if (!connection.ReadToEnd().empty()) ++tally_.strayed;
  }

  void Dawdle() {
    for (auto rounds = random_() % 30; rounds > 0; --rounds) std::this_thread::yield();
  }

  const int port_;
  const int number_;
  std::mt19937 random_;
  Tally& tally_;
  int asked_ = 0;
};

}  // namespace

std::string EchoOf(absl::string_view path) {
  std::string echo;
  const size_t times = 1 + path.size() * static_cast<size_t>(path.back() - '0') * 10;
  for (size_t i = 0; i < times; ++i) echo.append(path.data(), path.size());
  return echo;
}

void RunRestlessClients(int port, int threads, int connections, Tally& tally) {
  std::vector<std::thread> all;
  all.reserve(static_cast<size_t>(threads));
  for (int number = 0; number < threads; ++number) {
    all.emplace_back([=, &tally] {
      RestlessClient client(port, number, tally);
      for (int i = 0; i < connections; ++i) client.Connect();
    });
  }
  for (std::thread& thread : all) thread.join();
}

}  // namespace bitrade::gateway::http::testing
