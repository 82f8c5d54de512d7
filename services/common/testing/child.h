// A part of a test in a process of its own, so that it can be killed as the kernel kills: the
// test's own program, started anew with one hidden test case.
//
//   TEST_CASE("In a child: a round stops half-way", "[.]") { …; testing::TellParent("half-way"); …
//   } testing::Child child("In a child: a round stops half-way", {{"CONNINFO",
//   database.conninfo()}}); child.WaitFor("half-way"); child.Kill();
#pragma once

#include <sys/types.h>

#include <map>
#include <string>

namespace bitrade::testing {

class Child {
 public:
  // Starts the test case `name` with `settings` added to its environment.
  Child(const std::string& name, const std::map<std::string, std::string>& settings);
  // Kills what still runs.
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // Waits until the child tells `word`. False when it ended without.
  bool WaitFor(const std::string& word);
  // Kills with SIGKILL and waits until nothing of it runs.
  void Kill();

 private:
  pid_t pid_ = -1;
  int told_ = -1;  // reads what the child tells
  std::string text_;
};

// In a child: a setting that the parent gave.
std::string Setting(const std::string& name);
// In a child: tells the parent a word.
void TellParent(const std::string& word);
// In a child: waits to be killed.
[[noreturn]] void AwaitKill();

}  // namespace bitrade::testing
