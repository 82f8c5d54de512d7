#include "services/common/testing/child.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <vector>

#include "absl/strings/str_cat.h"

namespace bitrade::testing {
namespace {

// Where a child tells: the first descriptor after the standard ones.
constexpr int kToParent = 3;

std::vector<std::string> EnvironmentWith(const std::map<std::string, std::string>& settings) {
  std::vector<std::string> environment;
  for (char** entry = environ; *entry != nullptr; ++entry) environment.emplace_back(*entry);
  for (const auto& [name, value] : settings) environment.push_back(absl::StrCat(name, "=", value));
  return environment;
}

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace

Child::Child(const std::string& name, const std::map<std::string, std::string>& settings) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  told_ = ends[0];
  std::vector<std::string> arguments{"/proc/self/exe", name};
  std::vector<std::string> environment = EnvironmentWith(settings);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], kToParent);
  const int failed = posix_spawn(&pid_, "/proc/self/exe", &actions, nullptr,
                                 Pointers(arguments).data(), Pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  if (failed != 0) throw std::runtime_error("the child does not start");
}

Child::~Child() {
  Kill();
  close(told_);
}

bool Child::WaitFor(const std::string& word) {
  char buffer[256];
  while (text_.find(word) == std::string::npos) {
    const ssize_t got = read(told_, buffer, sizeof(buffer));
    if (got <= 0) return false;
    text_.append(buffer, static_cast<size_t>(got));
  }
  return true;
}

void Child::Kill() {
  if (pid_ < 0) return;
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

std::string Setting(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) throw std::runtime_error("the parent has not set " + name);
  return value;
}

void TellParent(const std::string& word) {
  const std::string line = word + "\n";
  if (write(kToParent, line.data(), line.size()) < 0) throw std::runtime_error("no parent");
}

void AwaitKill() {
  for (;;) pause();
}

}  // namespace bitrade::testing
