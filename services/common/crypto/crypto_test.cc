#include <filesystem>
#include <fstream>

#include "absl/strings/escaping.h"
#include "services/common/crypto/aead.h"
#include "services/common/crypto/content_cipher.h"
#include "services/common/crypto/digest.h"
#include "services/common/crypto/keyring.h"
#include "services/common/testing/catch.h"

namespace bitrade::crypto {
namespace {

using testing::ReasonOf;

std::string Key(char fill) { return std::string(kKeySize, fill); }

TEST_CASE("SHA-256 and HMAC give the published test vectors", "[crypto][unit]") {
  // FIPS 180-4 "abc"; RFC 4231 test case 2.
  CHECK(Sha256Hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(absl::BytesToHexString(HmacSha256("Jefe", "what do ya want for nothing?")) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST_CASE("A digest of pieces is the digest of the whole", "[crypto][unit]") {
  Sha256Stream stream;
  stream.Add("a");
  stream.Add("bc");
  CHECK(stream.Finish() == Sha256("abc"));
}

TEST_CASE("A seal opens with the same key and the same associated data only", "[crypto][unit]") {
  const std::string sealed = SealBytes(Key('k'), "text", "place");
  CHECK(OpenBytes(Key('k'), sealed, "place").value() == "text");
  CHECK(ReasonOf(OpenBytes(Key('j'), sealed, "place")) == "SEAL_BROKEN");
  CHECK(ReasonOf(OpenBytes(Key('k'), sealed, "other")) == "SEAL_BROKEN");
  std::string changed = sealed;
  changed[14] = static_cast<char>(changed[14] ^ 1);
  CHECK(ReasonOf(OpenBytes(Key('k'), changed, "place")) == "SEAL_BROKEN");
  CHECK(ReasonOf(OpenBytes(Key('k'), sealed.substr(0, 20), "place")) == "SEAL_BROKEN");
}

TEST_CASE("A keyring seals with its newest key and opens with all of them", "[crypto][unit]") {
  const Keyring old({{"k1", Key('1')}});
  const Keyring both({{"k1", Key('1')}, {"k2", Key('2')}});
  CHECK(both.current_id() == "k2");
  CHECK(both.Open(old.Seal("text", "a"), "a").value() == "text");
  CHECK(ReasonOf(old.Open(both.Seal("text", "a"), "a")) == "SEAL_BROKEN");
  CHECK(both.Hashes("number").at(1).hash == old.Hash("number").hash);
  CHECK(both.Hash("number").hash != old.Hash("number").hash);
}

TEST_CASE("A keyring is read from a folder of hexadecimal files", "[crypto][unit]") {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / absl::BytesToHexString(RandomBytes(8));
  std::filesystem::create_directory(folder);
  CHECK_FALSE(Keyring::Load(folder.string()).ok());
  std::ofstream(folder / "k1.hex") << std::string(64, 'a') << "\n";
  CHECK(Keyring::Load(folder.string())->current_id() == "k1");
  std::ofstream(folder / "k2.hex") << "too short\n";
  CHECK_FALSE(Keyring::Load(folder.string()).ok());
  std::filesystem::remove_all(folder);
}

TEST_CASE("A key that is to come opens and is looked up by, and seals once it is renamed",
          "[crypto][unit]") {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / absl::BytesToHexString(RandomBytes(8));
  std::filesystem::create_directory(folder);
  std::ofstream(folder / "k2.next.hex") << std::string(64, 'b') << "\n";
  CHECK_FALSE(Keyring::Load(folder.string()).ok());  // nothing seals
  std::ofstream(folder / "k1.hex") << std::string(64, 'a') << "\n";
  const Keyring before = Keyring::Load(folder.string()).value();
  CHECK(before.current_id() == "k1");

  std::filesystem::rename(folder / "k2.next.hex", folder / "k2.hex");
  const Keyring after = Keyring::Load(folder.string()).value();
  CHECK(after.current_id() == "k2");
  CHECK(before.Open(after.Seal("text", "a"), "a").value() == "text");
  CHECK(after.Open(before.Seal("text", "a"), "a").value() == "text");
  CHECK(before.Hashes("number").at(1).hash == after.Hash("number").hash);

  std::ofstream(folder / "k2.next.hex") << std::string(64, 'c') << "\n";
  CHECK_FALSE(Keyring::Load(folder.string()).ok());  // which of the two is k2?
  std::filesystem::remove_all(folder);
}

TEST_CASE("A chunk that was swapped, replayed or cut is refused", "[crypto][unit]") {
  const std::string key = NewDataKey();
  const ChunkPlace place{"document", 1, 3, false};
  const std::string sealed = SealChunk(key, place, "bytes");
  CHECK(OpenChunk(key, place, sealed).value() == "bytes");
  CHECK(ReasonOf(OpenChunk(key, {"another", 1, 3, false}, sealed)) == "SEAL_BROKEN");
  CHECK(ReasonOf(OpenChunk(key, {"document", 2, 3, false}, sealed)) == "SEAL_BROKEN");
  CHECK(ReasonOf(OpenChunk(key, {"document", 1, 2, false}, sealed)) == "SEAL_BROKEN");
  CHECK(ReasonOf(OpenChunk(key, {"document", 1, 3, true}, sealed)) == "SEAL_BROKEN");
}

}  // namespace
}  // namespace bitrade::crypto
