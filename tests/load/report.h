// What a load generator measured, and its arguments.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace bitrade::load {

using SteadyClock = std::chrono::steady_clock;

// Latencies of good answers in microseconds, and how many were not good.
class Report {
 public:
  void Good(SteadyClock::duration latency);
  void Bad() { ++bad_; }
  void Merge(const Report& other);

  // Prints {"good", "bad", "seconds", "rate", "p50_us", "p99_us", "p999_us"} as one JSON line.
  void Print(SteadyClock::duration elapsed);

 private:
  std::vector<uint32_t> micros_;
  int64_t bad_ = 0;
};

// "--name=value" arguments.
class Arguments {
 public:
  Arguments(int argc, char** argv);
  std::string Text(const std::string& name, const std::string& fallback = "") const;
  double Number(const std::string& name, double fallback) const;

 private:
  std::map<std::string, std::string> values_;
};

// The whole of a file; ends the program when it cannot be read.
std::string ReadFile(const std::string& path);

}  // namespace bitrade::load
