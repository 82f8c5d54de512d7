#include "services/common/rpc/policy_file.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "services/common/crypto/digest.h"
#include "services/common/testing/catch.h"

namespace bitrade::rpc {
namespace {

std::string PolicyFor(absl::string_view process) {
  return absl::StrCat(R"({"name": "p", "allow_rules": [{"name": "r", "source": {"principals": )",
                      R"(["spiffe://d/)", process, R"("]}, "request": {"paths": ["*"]}}]})");
}

// A file in a folder that goes away with it.
class File {
 public:
  File() {
    std::string path = (std::filesystem::temp_directory_path() / "bitrade-policy-XXXXXX").string();
    REQUIRE(mkdtemp(path.data()) != nullptr);
    folder_ = path;
  }
  ~File() { std::filesystem::remove_all(folder_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  std::string path() const { return folder_ / "policy.json"; }
  void Remove() const { std::filesystem::remove(path()); }
  void Write(const std::string& text) const { std::ofstream(path()) << text; }
  void Replace(const std::string& text) const {
    std::ofstream(folder_ / "new") << text;
    std::filesystem::rename(folder_ / "new", path());
  }

 private:
  std::filesystem::path folder_;
};

TEST_CASE("A process does not start without a policy", "[rpc][unit]") {
  const File file;
  CHECK_FALSE(PolicyFile::Open(file.path(), "d").ok());
  file.Write("{}");
  CHECK_FALSE(PolicyFile::Open(file.path(), "d").ok());
}

TEST_CASE("A file that is the same is not read again", "[rpc][unit]") {
  const File file;
  file.Write(PolicyFor("a"));
  const auto policy = PolicyFile::Open(file.path(), "d").value();
  CHECK_FALSE(policy->Reread().value());
  CHECK(policy->replaced() == 0);
}

TEST_CASE("A new file is in force after the next look, however it was put there", "[rpc][unit]") {
  const File file;
  file.Write(PolicyFor("a"));
  const auto policy = PolicyFile::Open(file.path(), "d").value();
  REQUIRE(policy->Allows("a", "/p.S/One"));

  SECTION("renamed") { file.Replace(PolicyFor("bb")); }
  SECTION("written over") { file.Write(PolicyFor("bb")); }

  CHECK(policy->Reread().value());
  CHECK_FALSE(policy->Allows("a", "/p.S/One"));
  CHECK(policy->Allows("bb", "/p.S/One"));
  CHECK(policy->replaced() == 1);
  CHECK(policy->digest() == crypto::Sha256Hex(PolicyFor("bb")));
}

TEST_CASE("A broken file keeps the policy before it, says so once, and is mended by the next",
          "[rpc][unit]") {
  const File file;
  file.Write(PolicyFor("a"));
  const auto policy = PolicyFile::Open(file.path(), "d").value();

  SECTION("it is no policy") { file.Replace(R"({"name": "p", "allow_ruels": []})"); }
  SECTION("it is cut off") { file.Replace(PolicyFor("bb").substr(0, 40)); }
  SECTION("it is gone") { file.Remove(); }

  CHECK_FALSE(policy->Reread().ok());
  CHECK(policy->broken());
  CHECK(policy->Allows("a", "/p.S/One"));
  CHECK(policy->Reread().ok());
  CHECK(policy->broken());
  CHECK(policy->digest() == crypto::Sha256Hex(PolicyFor("a")));
  file.Replace(PolicyFor("bb"));
  CHECK(policy->Reread().value());
  CHECK_FALSE(policy->broken());
  CHECK(policy->Allows("bb", "/p.S/One"));
}

}  // namespace
}  // namespace bitrade::rpc
