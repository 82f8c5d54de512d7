// What an event's data say: texts under names, which an older or newer service may leave out.
#pragma once

#include <cstdint>
#include <string>

#include "absl/strings/numbers.h"
#include "bitrade/events/v1/event_service.pb.h"

namespace bitrade::events {

// Returns what is told under `name`; "" where nothing is.
inline std::string DataText(const v1::Event& event, const char* name) {
  const auto found = event.data().find(name);
  return found == event.data().end() ? std::string() : found->second;
}

// Returns an instant in microseconds since 1970; 0 where none is told.
inline int64_t DataMicros(const v1::Event& event, const char* name) {
  int64_t micros = 0;
  return absl::SimpleAtoi(DataText(event, name), &micros) ? micros : 0;
}

}  // namespace bitrade::events
