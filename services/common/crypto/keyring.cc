#include "services/common/crypto/keyring.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/common/base/status_macros.h"
#include "services/common/crypto/aead.h"
#include "services/common/crypto/digest.h"

namespace bitrade::crypto {
namespace {

// Of a key that every replica must know before one of them seals with it.
constexpr char kNext[] = ".next";

using Keys = std::vector<std::pair<std::string, std::string>>;

// Oldest first: a key that is to come is used like one that was.
absl::StatusOr<Keys> InOrder(Keys keys, const Keys& next) {
  std::sort(keys.begin(), keys.end());
  for (const auto& key : next) {
    const auto same = [&key](const auto& other) { return other.first == key.first; };
    if (std::any_of(keys.begin(), keys.end(), same)) {
      return absl::InvalidArgumentError(absl::StrCat("the key ", key.first, " is there twice"));
    }
    keys.insert(keys.begin(), key);
  }
  return keys;
}

absl::StatusOr<std::string> ReadKey(const std::filesystem::path& path) {
  std::string text;
  std::getline(std::ifstream(path) >> std::ws, text);
  absl::StripAsciiWhitespace(&text);
  const bool hex = std::all_of(text.begin(), text.end(),
                               [](unsigned char c) { return absl::ascii_isxdigit(c); });
  if (text.size() != 2 * kKeySize || !hex) {
    return absl::InvalidArgumentError(absl::StrCat(path.string(), " is not 64 hexadecimal digits"));
  }
  return absl::HexStringToBytes(text);
}

}  // namespace

absl::StatusOr<Keyring> Keyring::Load(const std::string& folder) {
  std::error_code error;
  Keys keys, next;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() != ".hex") continue;
    ASSIGN_OR_RETURN(std::string key, ReadKey(entry.path()));
    const std::string name = entry.path().stem().string();
    (absl::EndsWith(name, kNext) ? next : keys)
        .emplace_back(absl::StripSuffix(name, kNext), std::move(key));
  }
  if (keys.empty()) return absl::NotFoundError(absl::StrCat("no key (<id>.hex) in ", folder));
  ASSIGN_OR_RETURN(keys, InOrder(std::move(keys), next));
  return Keyring(std::move(keys));
}

Keyring::Keyring(std::vector<std::pair<std::string, std::string>> keys) {
  for (auto key = keys.rbegin(); key != keys.rend(); ++key) {
    keys_.push_back({key->first, HmacSha256(key->second, "bitrade sealing"),
                     HmacSha256(key->second, "bitrade hashing")});
  }
}

std::string Keyring::Seal(absl::string_view plaintext, absl::string_view associated) const {
  const Key& key = keys_.front();
  return absl::StrCat(std::string(1, static_cast<char>(key.id.size())), key.id,
                      SealBytes(key.sealing, plaintext, associated));
}

absl::StatusOr<std::string> Keyring::Open(absl::string_view sealed,
                                          absl::string_view associated) const {
  if (sealed.empty()) return Refuse(kSealBroken);
  const size_t size = static_cast<unsigned char>(sealed[0]);
  if (sealed.size() < 1 + size) return Refuse(kSealBroken);
  const absl::string_view id = sealed.substr(1, size);
  for (const Key& key : keys_) {
    if (key.id == id) return OpenBytes(key.sealing, sealed.substr(1 + size), associated);
  }
  return Refuse(kSealBroken);
}

KeyedHash Keyring::Hash(absl::string_view data) const {
  return {keys_.front().id, HmacSha256(keys_.front().hashing, data)};
}

std::vector<KeyedHash> Keyring::Hashes(absl::string_view data) const {
  std::vector<KeyedHash> hashes;
  for (const Key& key : keys_) hashes.push_back({key.id, HmacSha256(key.hashing, data)});
  return hashes;
}

}  // namespace bitrade::crypto
