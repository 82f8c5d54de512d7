// AES-256-GCM over whole strings: nonce ‖ ciphertext ‖ tag. What stands beside the text (the
// associated data) is not stored and must be given again to open it.
#pragma once

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/common/error/error.h"

namespace bitrade::crypto {

inline constexpr size_t kKeySize = 32;
// What sealing adds: 12 bytes of nonce and 16 of tag.
inline constexpr size_t kSealOverhead = 28;

// Stored bytes that do not open: another key, other associated data, or changed. Never the client's
// fault.
inline const Reason kSealBroken{
    "SEAL_BROKEN",
    absl::StatusCode::kDataLoss,
    {"Stored data damaged", "Stored data cannot be read."},
    {"Lagrade uppgifter är skadade", "Lagrade uppgifter kan inte läsas."}};

// Seals `plaintext` under a key of 32 bytes with a fresh random nonce.
std::string SealBytes(absl::string_view key, absl::string_view plaintext,
                      absl::string_view associated);

// Opens what SealBytes made. Errors: SEAL_BROKEN.
absl::StatusOr<std::string> OpenBytes(absl::string_view key, absl::string_view sealed,
                                      absl::string_view associated);

}  // namespace bitrade::crypto
