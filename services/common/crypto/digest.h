// Digests, message authentication codes and random bytes, all as raw bytes in strings. OpenSSL does
// the work; a failure of its own (no memory, no provider) ends the process: nothing sensible can go
// on without it.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"

namespace bitrade::crypto {

// Returns the SHA-256 of `data`, 32 bytes.
std::string Sha256(absl::string_view data);

// Returns the SHA-256 of `data` as 64 lower-case hexadecimal digits.
std::string Sha256Hex(absl::string_view data);

// Returns the HMAC-SHA-256 of `data` under `key`, 32 bytes.
std::string HmacSha256(absl::string_view key, absl::string_view data);

// Returns `size` bytes from the operating system's generator.
std::string RandomBytes(size_t size);

// Compares in a time that depends on the lengths alone.
bool EqualConstantTime(absl::string_view a, absl::string_view b);

// The SHA-256 of what arrives in pieces.
class Sha256Stream {
 public:
  Sha256Stream();
  ~Sha256Stream();
  Sha256Stream(Sha256Stream&&) noexcept;
  Sha256Stream& operator=(Sha256Stream&&) noexcept;

  void Add(absl::string_view piece);
  // Returns the digest, 32 bytes. Nothing may be added afterwards.
  std::string Finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace bitrade::crypto
