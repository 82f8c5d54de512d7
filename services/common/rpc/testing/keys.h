// Everything secret that processes read, for a test: made by OpenSSL's own program, as operations
// makes it, in a folder that goes away with the object.
#pragma once

#include <filesystem>
#include <string>

#include "absl/time/time.h"
#include "services/common/crypto/ed25519.h"
#include "services/common/rpc/tls.h"

namespace bitrade::rpc::testing {

// Ends the test with an exception when OpenSSL does not do its part.
class Keys {
 public:
  Keys();
  ~Keys();
  Keys(const Keys&) = delete;
  Keys& operator=(const Keys&) = delete;

  // Returns the files of `process` ("gateway", "case-system/journey"), its certificate made at
  // first use.
  TlsFiles TlsOf(const std::string& process) const;
  // Returns the files `stem` of a certificate with other names than a process has:
  // "URI:spiffe://…,DNS:…". Made at first use.
  TlsFiles Certificate(const std::string& stem, const std::string& names) const;
  // The same of a certificate whose time ended before it began.
  TlsFiles Expired(const std::string& stem, const std::string& names) const;
  // Puts the contents of `fresh` into the files of `old`, each by a rename.
  static void Replace(const TlsFiles& old, const TlsFiles& fresh);

  // Returns a key that may sign checkpoints, or anything else that nobody here verifies.
  crypto::Signer AuditSigner() const;

  // Returns identity's public keys.
  crypto::Verifier TicketKeys() const;
  // Returns a ticket of 120 seconds as identity signs one, for the header.
  std::string TicketFor(const std::string& person_id, absl::Time now) const;

 private:
  TlsFiles FilesOf(const std::string& stem) const;

  std::filesystem::path folder_;
};

}  // namespace bitrade::rpc::testing
