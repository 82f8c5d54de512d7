#include "gateway/http/keeper.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

#include "gateway/http/connection.h"
#include "gateway/http/deadline.h"

namespace bitrade::gateway::http {
namespace {

constexpr uint64_t kWakeId = 0;  // connections count from 1

void Register(int epoll, int fd, uint32_t events, uint64_t id) {
  epoll_event event{};
  event.events = events;
  event.data.u64 = id;
  if (::epoll_ctl(epoll, EPOLL_CTL_MOD, fd, &event) != 0) {
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
  }
}

}  // namespace

Keeper::Keeper(absl::Duration tick)
    : tick_(tick),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  Register(epoll_, wake_, EPOLLIN, kWakeId);
  thread_ = std::thread([this] { Run(); });
}

Keeper::~Keeper() {
  Stop();
  ::close(wake_);
  ::close(epoll_);
}

void Keeper::Stop() {
  if (!thread_.joinable()) return;
  ::eventfd_write(wake_, 1);
  thread_.join();
}

void Keeper::Add(std::shared_ptr<Connection> connection) {
  const std::lock_guard lock(mutex_);
  const uint64_t id = connection->id();
  connections_[id] = std::move(connection);
}

void Keeper::Remove(uint64_t connection) {
  std::shared_ptr<Connection> removed;  // dies after the lock
  const std::lock_guard lock(mutex_);
  if (const auto found = connections_.find(connection); found != connections_.end()) {
    removed = std::move(found->second);
    connections_.erase(found);
  }
}

void Keeper::Watch(uint64_t connection, int fd, Interest interest) {
  const uint32_t wanted = interest == Interest::kWritable ? uint32_t{EPOLLOUT} : 0;
  Register(epoll_, fd, wanted | EPOLLONESHOT, connection);
}

void Keeper::Unwatch(int fd) { ::epoll_ctl(epoll_, EPOLL_CTL_DEL, fd, nullptr); }

void Keeper::ForEach(const std::function<void(Connection&)>& visit) {
  for (const auto& connection : All()) visit(*connection);
}

std::shared_ptr<Connection> Keeper::Find(uint64_t connection) {
  const std::lock_guard lock(mutex_);
  const auto found = connections_.find(connection);
  return found == connections_.end() ? nullptr : found->second;
}

std::vector<std::shared_ptr<Connection>> Keeper::All() {
  const std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<Connection>> all;
  all.reserve(connections_.size());
  for (const auto& [id, connection] : connections_) all.push_back(connection);
  return all;
}

void Keeper::Run() {
  const int64_t tick = absl::ToInt64Nanoseconds(tick_);
  int64_t next = Deadline::Now() + tick;
  while (!stopped_) {
    constexpr int64_t kNanosecondsInOne = 1'000'000;
    const int64_t left = std::max<int64_t>(next - Deadline::Now(), 0);
    ServeEvents(static_cast<int>((left + kNanosecondsInOne - 1) / kNanosecondsInOne));
    if (Deadline::Now() < next) continue;
    ServeDeadlines();
    next = Deadline::Now() + tick;
  }
}

void Keeper::ServeEvents(int timeout_ms) {
  std::array<epoll_event, 64> events;
  const int count =
      ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), timeout_ms);
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<size_t>(i)];
    if (event.data.u64 == kWakeId) {
      stopped_ = true;
    } else if (const auto connection = Find(event.data.u64)) {
      const bool broken = (event.events & (EPOLLERR | EPOLLHUP)) != 0;
      connection->OnSocketEvent(broken ? SocketEvent::kBroken : SocketEvent::kWritable);
    }
  }
}

void Keeper::ServeDeadlines() {
  const int64_t now = Deadline::Now();
  std::vector<std::shared_ptr<Connection>> late;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, connection] : connections_) {
      if (connection->late(now)) late.push_back(connection);
    }
  }
  for (const auto& connection : late) connection->OnDeadline(now);
}

}  // namespace bitrade::gateway::http
