#include "services/common/log/log.h"

#include <unistd.h>

#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/common/base/rfc3339.h"
#include "services/common/log/writer.h"

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
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      line += '\\';
      line += c;
    } else if (byte < 0x20) {
      absl::StrAppendFormat(&line, "\\u%04x", byte);
    } else {
      line += byte < 0x80 ? c : '?';  // our own texts are ASCII; others' bytes may be no UTF-8
    }
  }
  line += '"';
}

// The process' writer, never destroyed; none before Begin.
Writer*& TheWriter() {
  static Writer* writer = nullptr;
  return writer;
}

void WriteNow(const std::string& line) {
  // A log that nobody can read any more must not stop the process.
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace

void Begin(absl::string_view process) {
  ProcessName() = std::string(process);
  TheWriter() = new Writer([](int64_t count) {
    return absl::StrCat("{\"level\":\"error\",\"process\":\"", ProcessName(),
                        "\",\"message\":\"log lines dropped\",\"count\":", count, "}\n");
  });
  std::atexit(Flush);
}

void Flush() {
  if (TheWriter() != nullptr) TheWriter()->Flush();
}

std::string Format(Level level, absl::string_view message, absl::Time time,
                   std::initializer_list<Field> fields) {
  std::string line =
      absl::StrCat("{\"time\":\"", Rfc3339(time, Decimals::kAlways).text(), "\",\"level\":\"",
                   LevelName(level), "\",\"process\":\"", ProcessName(), "\",\"message\":");
  AppendQuoted(line, message);
  for (const Field& field : fields) {
    if (field.text.empty()) continue;
    absl::StrAppend(&line, ",\"", field.name, "\":");
    if (field.number) {
      absl::StrAppend(&line, field.text);
    } else {
      AppendQuoted(line, field.text);
    }
  }
  line += "}\n";
  return line;
}

void Write(Level level, absl::string_view message, absl::Time time,
           std::initializer_list<Field> fields) {
  const std::string line = Format(level, message, time, fields);
  TheWriter() != nullptr ? TheWriter()->Queue(line) : WriteNow(line);
}

}  // namespace bitrade::log
