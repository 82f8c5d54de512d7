// Structured logs: one JSON object a line on standard error. Fields are names and ids; personal
// data never reaches a line, because whoever writes one passes texts of its own making and ids
// alone.
#pragma once

#include <initializer_list>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace bitrade::log {

enum class Level { kInfo, kWarning, kError };

// A field's name and its value, which is written as a JSON text unless `number` is set. Views: for
// the arguments of Write, not to be kept.
struct Field {
  const char* name;
  absl::string_view text;
  bool number = false;
};

// Names the process in every later line, and from then on writes in a thread of its own, some
// milliseconds' lines at once. Call once, before any other thread starts.
void Begin(absl::string_view process);

// Writes a line. Thread-safe; after Begin it never waits for whoever reads the log: when 4 MiB wait
// already, the line is dropped, and a line of its own says how many were.
void Write(Level level, absl::string_view message, absl::Time time,
           std::initializer_list<Field> fields = {});

// Waits until every line is written, for a second at most. The end of a process does so by itself.
void Flush();

// Returns the line that Write would write, with its end; for tests.
std::string Format(Level level, absl::string_view message, absl::Time time,
                   std::initializer_list<Field> fields);

}  // namespace bitrade::log
