// The keys of one process, from files: the newest seals, all open. Every sealed text and every
// keyed hash carries the id of its key, so that keys can be changed while old ones are still in
// use.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bitrade::crypto {

// A hash that only the holder of the key can compute, and which key that is.
struct KeyedHash {
  std::string key_id;
  std::string hash;  // 32 bytes
};

// Thread-safe: nothing changes after Load.
class Keyring {
 public:
  // Reads every `<id>.hex` of `folder` (64 hexadecimal digits each). The id that sorts last is the
  // newest key. `<id>.next.hex` is a key that is to come: it opens and is looked up by, and seals
  // nothing. So every replica knows it before one uses it.
  static absl::StatusOr<Keyring> Load(const std::string& folder);
  // A keyring of given 32-byte keys, the newest last; for tests.
  explicit Keyring(std::vector<std::pair<std::string, std::string>> keys);

  const std::string& current_id() const { return keys_.front().id; }

  // Returns key id, nonce, ciphertext and tag in one text, sealed under the newest key.
  std::string Seal(absl::string_view plaintext, absl::string_view associated) const;
  // Opens what Seal made. Errors: SEAL_BROKEN.
  absl::StatusOr<std::string> Open(absl::string_view sealed, absl::string_view associated) const;

  // Returns the hash of `data` under the newest key.
  KeyedHash Hash(absl::string_view data) const;
  // Returns the hashes under all keys, the newest first: what to look up while old rows are
  // re-hashed.
  std::vector<KeyedHash> Hashes(absl::string_view data) const;

 private:
  // One secret never does two jobs: the sealing and the hashing key are derived from the file's.
  struct Key {
    std::string id, sealing, hashing;
  };
  std::vector<Key> keys_;  // newest first
};

}  // namespace bitrade::crypto
