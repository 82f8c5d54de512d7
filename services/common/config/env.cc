#include "services/common/config/env.h"

#include <unistd.h>

#include <algorithm>
#include <regex>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace bitrade::config {

Env Env::OfProcess() {
  std::map<std::string, std::string> values;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const absl::string_view text(*entry);
    const size_t equals = text.find('=');
    if (equals == absl::string_view::npos || !absl::StartsWith(text, "BITRADE_")) continue;
    values.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return Env(std::move(values));
}

std::string Env::Required(const std::string& name) {
  std::string value = Optional(name);
  if (value.empty()) Fault(absl::StrCat(name, " is missing"));
  return value;
}

std::string Env::Optional(const std::string& name, absl::string_view otherwise) {
  asked_.insert(name);
  const auto found = values_.find(name);
  return found == values_.end() || found->second.empty() ? std::string(otherwise) : found->second;
}

int Env::Number(const std::string& name, int otherwise, int least, int most) {
  const std::string text = Optional(name);
  if (text.empty()) return otherwise;
  int number = 0;
  if (!absl::SimpleAtoi(text, &number) || number < least || number > most) {
    Fault(absl::StrCat(name, " is not a whole number from ", least, " to ", most));
    return otherwise;
  }
  return number;
}

std::string Env::Choice(const std::string& name, const std::vector<std::string>& choices) {
  std::string value = Optional(name, choices.front());
  if (std::find(choices.begin(), choices.end(), value) == choices.end()) {
    Fault(absl::StrCat(name, " is none of ", absl::StrJoin(choices, ", ")));
  }
  return value;
}

void Env::Fault(absl::string_view sentence) { faults_.emplace_back(sentence); }

absl::Status Env::Finish() const {
  std::vector<std::string> faults = faults_;
  for (const auto& [name, value] : values_) {
    if (asked_.count(name) == 0)
      faults.push_back(absl::StrCat(name, " is not a setting of this process"));
  }
  if (faults.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrJoin(faults, "\n"));
}

std::string Env::Print() const {
  // A conninfo or a URL may carry a password; files that hold secrets are shown by their path
  // alone.
  static const std::regex& password = *new std::regex("(password=|://[^:@/]*:)[^ @]*");
  std::string text;
  for (const std::string& name : asked_) {
    const auto found = values_.find(name);
    const std::string value = found == values_.end() ? "" : found->second;
    absl::StrAppend(&text, name, "=", std::regex_replace(value, password, "$1***"), "\n");
  }
  return text;
}

}  // namespace bitrade::config
