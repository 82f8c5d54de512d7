// HTTP/1.1 load on loopback: one thread, many connections, keep-alive.
//   load_http --port=7400 --request=FILE --connections=64 --seconds=5 [--rate=PER_SECOND]
// FILE holds the whole request. Without a rate each connection asks again when it has its answer
// (closed loop); with one, requests start on a fixed schedule and latency counts from the intended
// start.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <string>
#include <vector>

#include "tests/load/report.h"

namespace bitrade::load {
namespace {

int Dial(int port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    std::perror("connect");
    std::exit(1);
  }
  const int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return fd;
}

struct Connection {
  int fd = -1;
  bool busy = false;
  SteadyClock::time_point due;
  std::string head;        // until the empty line has come
  int64_t body_left = -1;  // unknown until then
};

class Generator {
 public:
  Generator(int port, std::string request, size_t connections)
      : port_(port), request_(std::move(request)), poll_(epoll_create1(EPOLL_CLOEXEC)) {
    for (size_t i = 0; i < connections; ++i) {
      connections_.push_back({});
      Open(i);
    }
  }

  Report Closed(SteadyClock::duration time) {
    const auto end = SteadyClock::now() + time;
    for (size_t i = 0; i < connections_.size(); ++i) Send(i, SteadyClock::now());
    while (SteadyClock::now() < end) {
      for (const size_t freed : Wait(10)) Send(freed, SteadyClock::now());
    }
    return std::move(report_);
  }

  Report Open(SteadyClock::duration time, double rate) {
    const auto begin = SteadyClock::now();
    std::deque<SteadyClock::time_point> waiting;
    std::vector<size_t> idle;
    for (size_t i = 0; i < connections_.size(); ++i) idle.push_back(i);
    for (int64_t next = 0;;) {
      const auto now = SteadyClock::now();
      if (now - begin > time && waiting.empty() && idle.size() == connections_.size()) break;
      for (; Due(begin, next, rate) <= now && Due(begin, next, rate) - begin < time; ++next) {
        waiting.push_back(Due(begin, next, rate));
      }
      for (; !waiting.empty() && !idle.empty(); waiting.pop_front(), idle.pop_back()) {
        Send(idle.back(), waiting.front());
      }
      for (const size_t freed : Wait(0)) idle.push_back(freed);
    }
    return std::move(report_);
  }

 private:
  static SteadyClock::time_point Due(SteadyClock::time_point begin, int64_t index, double rate) {
    return begin +
           std::chrono::nanoseconds(static_cast<int64_t>(static_cast<double>(index) / rate * 1e9));
  }

  void Open(size_t index) {
    connections_[index].fd = Dial(port_);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = index;
    epoll_ctl(poll_, EPOLL_CTL_ADD, connections_[index].fd, &event);
  }

  void Send(size_t index, SteadyClock::time_point due) {
    Connection& connection = connections_[index];
    connection.busy = true;
    connection.due = due;
    connection.head.clear();
    connection.body_left = -1;
    if (send(connection.fd, request_.data(), request_.size(), MSG_NOSIGNAL) !=
        static_cast<ssize_t>(request_.size())) {
      Fail(index);
    }
  }

  // Returns the connections whose answers have ended.
  std::vector<size_t> Wait(int milliseconds) {
    epoll_event events[64];
    const int count = epoll_wait(poll_, events, 64, milliseconds);
    std::vector<size_t> freed;
    for (int i = 0; i < count; ++i) {
      const auto index = static_cast<size_t>(events[i].data.u64);
      if (Read(index)) freed.push_back(index);
    }
    return freed;
  }

  bool Read(size_t index) {
    static char buffer[256 * 1024];
    Connection& connection = connections_[index];
    const ssize_t got = recv(connection.fd, buffer, sizeof buffer, MSG_DONTWAIT);
    if (got < 0) return false;
    if (got == 0) {
      Fail(index);
      return true;
    }
    auto left = static_cast<int64_t>(got);
    if (connection.body_left < 0) {
      connection.head.append(buffer, static_cast<size_t>(got));
      const auto end = connection.head.find("\r\n\r\n");
      if (end == std::string::npos) return false;
      left = static_cast<int64_t>(connection.head.size() - end - 4);
      connection.body_left = ContentLength(connection.head);
    }
    connection.body_left -= left;
    if (connection.body_left > 0) return false;
    connection.busy = false;
    if (connection.head.compare(0, 12, "HTTP/1.1 200") == 0) {
      report_.Good(SteadyClock::now() - connection.due);
    } else {
      report_.Bad();
    }
    return true;
  }

  static int64_t ContentLength(const std::string& head) {
    const char* found = strcasestr(head.c_str(), "\r\ncontent-length:");
    return found == nullptr ? 0 : std::strtoll(found + 17, nullptr, 10);
  }

  void Fail(size_t index) {
    report_.Bad();
    close(connections_[index].fd);
    connections_[index].busy = false;
    Open(index);
  }

  const int port_;
  const std::string request_;
  const int poll_;
  std::vector<Connection> connections_;
  Report report_;
};

}  // namespace
}  // namespace bitrade::load

int main(int argc, char** argv) {
  using namespace bitrade::load;
  const Arguments arguments(argc, argv);
  Generator generator(static_cast<int>(arguments.Number("port", 7400)),
                      ReadFile(arguments.Text("request")),
                      static_cast<size_t>(arguments.Number("connections", 64)));
  const auto time =
      std::chrono::milliseconds(static_cast<int64_t>(arguments.Number("seconds", 5) * 1000));
  const double rate = arguments.Number("rate", 0);
  const auto begin = SteadyClock::now();
  Report report = rate > 0 ? generator.Open(time, rate) : generator.Closed(time);
  report.Print(SteadyClock::now() - begin);
}
