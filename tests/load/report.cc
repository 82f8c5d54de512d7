#include "tests/load/report.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace bitrade::load {

void Report::Good(SteadyClock::duration latency) {
  micros_.push_back(static_cast<uint32_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(latency).count()));
}

void Report::Merge(const Report& other) {
  micros_.insert(micros_.end(), other.micros_.begin(), other.micros_.end());
  bad_ += other.bad_;
}

void Report::Print(SteadyClock::duration elapsed) {
  std::sort(micros_.begin(), micros_.end());
  const auto at = [this](double share) {
    return micros_.empty()
               ? 0u
               : micros_[static_cast<size_t>(share * static_cast<double>(micros_.size() - 1))];
  };
  const double seconds = std::chrono::duration<double>(elapsed).count();
  std::printf(
      "{\"good\": %zu, \"bad\": %lld, \"seconds\": %.3f, \"rate\": %.1f, \"p50_us\": %u, "
      "\"p99_us\": %u, \"p999_us\": %u}\n",
      micros_.size(), static_cast<long long>(bad_), seconds,
      static_cast<double>(micros_.size()) / seconds, at(0.5), at(0.99), at(0.999));
}

Arguments::Arguments(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    const auto equals = argument.find('=');
    if (argument.rfind("--", 0) != 0 || equals == std::string::npos) {
      std::fprintf(stderr, "not --name=value: %s\n", argv[i]);
      std::exit(2);
    }
    values_[argument.substr(2, equals - 2)] = argument.substr(equals + 1);
  }
}

std::string Arguments::Text(const std::string& name, const std::string& fallback) const {
  const auto found = values_.find(name);
  return found == values_.end() ? fallback : found->second;
}

double Arguments::Number(const std::string& name, double fallback) const {
  const std::string text = Text(name);
  return text.empty() ? fallback : std::strtod(text.c_str(), nullptr);
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    std::fprintf(stderr, "cannot read %s\n", path.c_str());
    std::exit(2);
  }
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace bitrade::load
