// Keys for tickets, for a test: made by OpenSSL's own program, as operations makes them.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/common/rpc/tickets.h"

namespace bitrade::identity {

class TicketKeys {
 public:
  TicketKeys() { Add("t1"); }
  ~TicketKeys() { std::filesystem::remove_all(folder_); }
  TicketKeys(const TicketKeys&) = delete;
  TicketKeys& operator=(const TicketKeys&) = delete;

  // Makes one more key; its public half is verified from now on.
  void Add(const std::string& key_id) {
    std::filesystem::create_directories(folder_ / "public");
    const std::string pem = (folder_ / (key_id + ".pem")).string();
    const std::string command = absl::StrCat(
        "openssl genpkey -algorithm ed25519 -out ", pem, " 2>/dev/null && openssl pkey -in ", pem,
        " -pubout -out ", (folder_ / "public" / (key_id + ".pem")).string());
    if (std::system(command.c_str()) != 0) throw std::runtime_error("openssl makes no key");
  }
  // Verifies the key no longer, in verifiers that are made from now on.
  void Forget(const std::string& key_id) {
    std::filesystem::remove(folder_ / "public" / (key_id + ".pem"));
  }

  crypto::Signer Signer(const std::string& key_id = "t1") const {
    return crypto::Signer::Load((folder_ / (key_id + ".pem")).string()).value();
  }
  rpc::TicketVerifier Verifier() const {
    return rpc::TicketVerifier(crypto::Verifier::Load((folder_ / "public").string()).value());
  }

 private:
  static std::filesystem::path NewFolder() {
    static int count = 0;
    return std::filesystem::temp_directory_path() /
           absl::StrCat("bitrade-ticket-keys-", getpid(), "-", ++count);
  }

  const std::filesystem::path folder_ = NewFolder();
};

}  // namespace bitrade::identity
