// What one client may take of the edge: bytes, connections and time.
#pragma once

#include <cstddef>

#include "absl/time/time.h"

namespace bitrade::gateway::http {

struct Limits {
  // Bytes and counts. Beyond them: 414 (target), 431 (head, headers), 413 (body), 503
  // (connections).
  size_t target = 2048;
  size_t head = size_t{16} * 1024;
  size_t headers = 100;
  size_t body = size_t{1024} * 1024;
  size_t connections = 4096;

  // Bytes of bodies that all connections together may hold while these arrive. Beyond them: 503,
  // except for a small body, which a log-in is.
  size_t bodies = size_t{256} * 1024 * 1024;
  size_t small_body = size_t{64} * 1024;

  // Bytes that may arrive while an earlier request of the connection is being answered. Beyond
  // them the connection ends with that answer.
  size_t pipelined = size_t{64} * 1024;

  // Bytes of a streamed answer that may wait for a slow reader before its source is told to stop.
  size_t high_water = size_t{256} * 1024;

  // Bytes that are read and dropped after the last answer, so that the client can still read it.
  size_t linger_bytes = size_t{1024} * 1024;

  absl::Duration head_time = absl::Seconds(5);    // from a request's first byte
  absl::Duration body_time = absl::Seconds(30);   // from the end of the head
  absl::Duration idle_time = absl::Seconds(75);   // between requests
  absl::Duration stall_time = absl::Seconds(20);  // without the client taking a byte
  absl::Duration linger_time = absl::Seconds(2);  // between our end of stream and the client's
};

}  // namespace bitrade::gateway::http
