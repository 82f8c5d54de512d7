// Configuration from environment variables. Every fault is reported at once, and a BITRADE_ name
// that nobody asked for is a fault too: a misspelt setting must not silently do nothing.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace bitrade::config {

// Reads values by name and remembers what was asked for and what was wrong. Not thread-safe.
class Env {
 public:
  // The variables of this process.
  static Env OfProcess();
  explicit Env(std::map<std::string, std::string> values) : values_(std::move(values)) {}

  // A value that must be there and not be empty.
  std::string Required(const std::string& name);
  // A value, or `otherwise`.
  std::string Optional(const std::string& name, absl::string_view otherwise = "");
  // A whole number from `least` to `most`, or `otherwise`.
  int Number(const std::string& name, int otherwise, int least, int most);
  // One of `choices`; the first when it is missing.
  std::string Choice(const std::string& name, const std::vector<std::string>& choices);
  // Reports a fault that a caller found in the values.
  void Fault(absl::string_view sentence);

  // OK, or INVALID_ARGUMENT with every fault, one a line. Call it when everything has been asked
  // for.
  absl::Status Finish() const;
  // What was asked for, one `NAME=value` a line; passwords inside values are masked.
  std::string Print() const;

 private:
  std::map<std::string, std::string> values_;
  std::set<std::string> asked_;
  std::vector<std::string> faults_;
};

}  // namespace bitrade::config
