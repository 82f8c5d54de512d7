#include "services/common/log/log.h"

#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace bitrade::log {
namespace {

std::string& ProcessName() {
  static std::string& name = *new std::string;
  return name;
}

const char* LevelName(Level level) {
  switch (level) {
    case Level::kInfo:
      return "info";
    case Level::kWarning:
      return "warning";
    case Level::kError:
      return "error";
  }
  return "error";
}

void AppendQuoted(std::string& line, absl::string_view text) {
  line += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      line += '\\';
      line += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      absl::StrAppendFormat(&line, "\\u%04x", static_cast<int>(c));
    } else {
      line += c;
    }
  }
  line += '"';
}

}  // namespace

void Begin(absl::string_view process) { ProcessName() = std::string(process); }

std::string Format(Level level, absl::string_view message, absl::Time time,
                   const std::vector<Field>& fields) {
  std::string line = absl::StrCat(
      "{\"time\":\"", absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", time, absl::UTCTimeZone()),
      "\",\"level\":\"", LevelName(level), "\",\"process\":\"", ProcessName(), "\",\"message\":");
  AppendQuoted(line, message);
  for (const Field& field : fields) {
    if (field.text.empty()) continue;
    absl::StrAppend(&line, ",\"", field.name, "\":");
    if (field.number) {
      line += field.text;
    } else {
      AppendQuoted(line, field.text);
    }
  }
  line += "}\n";
  return line;
}

void Write(Level level, absl::string_view message, absl::Time time,
           const std::vector<Field>& fields) {
  const std::string line = Format(level, message, time, fields);
  // A log that nobody can read any more must not stop the process.
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace bitrade::log
