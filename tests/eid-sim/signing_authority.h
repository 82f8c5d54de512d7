// The certificates of a BankID world: its root, one bank's CA, that bank's CA for customers, what
// the latter issues to persons, and the bank's OCSP responder.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "tests/eid-sim/x509.h"

namespace bitrade::eidsim {

// Whose certificate, and which kind of BankID it is.
struct Holder {
  std::string personal_number;
  std::string name;
  std::string given_name;
  std::string surname;
  std::string kind;    // "file", "card", "mobile"
  std::string policy;  // object identifier
  bool expired = false;
};

// What a person signs with: the chain without the root.
struct SigningChain {
  Credential person;
  Certificate customer_ca;
  Certificate bank_ca;
};

// Object identifier of a kind of BankID in the test world; "" for a kind that there is not.
absl::string_view PolicyOf(absl::string_view kind);

// Makes the root of a world of its own.
Credential NewSigningRoot();

// Thread-safe. Keys are made when they are first needed.
class SigningAuthority {
 public:
  // Without `root` it makes one of its own.
  explicit SigningAuthority(std::optional<Credential> root = std::nullopt);

  // Makes the keys of the first signatures, so that nobody who asks for one waits for them.
  void Prepare();

  // What a relying party has to trust, in PEM.
  std::string RootPem();

  // Returns the same chain for the same holder each time.
  SigningChain ChainFor(const Holder& holder);

  // Signs OCSP responses for the customers' CA.
  Credential Responder();

  // Issued by the same CA, but not for OCSP.
  Credential UnfitResponder();

 private:
  // The CAs, and what they have issued.
  struct World;

  World& Ready();

  std::mutex mutex_;
  std::optional<Credential> root_;
  std::shared_ptr<World> world_;
};

}  // namespace bitrade::eidsim
