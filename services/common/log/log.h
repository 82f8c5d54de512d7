// Structured logs: one JSON object a line on standard error. Fields are names and ids; personal
// data never reaches a line, because whoever writes one passes texts of its own making and ids
// alone.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace bitrade::log {

enum class Level { kInfo, kWarning, kError };

// A field's name and its value, which is written as a JSON text unless `number` is set.
struct Field {
  const char* name;
  std::string text;
  bool number = false;
};

// Names the process in every later line. Call once, before any thread starts.
void Begin(absl::string_view process);

// Writes a line. Thread-safe; one system call.
void Write(Level level, absl::string_view message, absl::Time time,
           const std::vector<Field>& fields = {});

// Returns the line that Write would write, with its end; for tests.
std::string Format(Level level, absl::string_view message, absl::Time time,
                   const std::vector<Field>& fields);

}  // namespace bitrade::log
