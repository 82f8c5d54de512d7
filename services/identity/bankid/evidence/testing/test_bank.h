// A BankID world for tests, made with OpenSSL: a root, a bank's CA, its CA for customers, its OCSP
// responder, and what a person signs with them. Written apart from the verifier and from the
// simulator, by hashing the text as it stands, so that neither's mistakes are shared.
#pragma once

#include <openssl/evp.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "services/identity/bankid/evidence/openssl_handles.h"
#include "services/identity/bankid/evidence/verifier.h"

namespace bitrade::identity {

using Key = std::unique_ptr<EVP_PKEY, FreeWith<&EVP_PKEY_free>>;

// A certificate with its key.
struct Credential {
  Key key;
  Certificate certificate;
};

// {short name, value}
using Pairs = std::vector<std::pair<std::string, std::string>>;

// How a certificate is made; extensions as in OpenSSL's configuration files.
struct CertificateDraft {
  Pairs subject;
  Pairs extensions;
  absl::Time not_after = absl::FromUnixSeconds(2'400'000'000);
};

// What a person signs, all as it should be until a test changes it. The functions change what has
// been made: `data` before it is signed, `xml` and `nonce` afterwards.
struct Draft {
  CertificateDraft person;
  std::string visible_text = "Jag loggar in.";
  std::string non_visible_data;
  std::string function = "Identification";
  std::string relying_party = "cn=bitrade.example,name=Bitrade,o=Testbank A AB (publ),c=SE";
  int ocsp_status = V_OCSP_CERTSTATUS_GOOD;
  absl::Time ocsp_time;
  std::function<void(std::string&)> data = [](std::string&) {};
  std::function<void(std::string&)> xml = [](std::string&) {};
  std::function<void(std::string&)> nonce = [](std::string&) {};
};

// Both in base64.
struct Proof {
  std::string signature;
  std::string ocsp_response;

  SignedAnswer answer() const { return {signature, ocsp_response}; }
};

class TestBank {
 public:
  TestBank();

  // A draft that the verifier takes: of 191212121212, with Mobile BankID, at `now`.
  Draft Good(absl::Time now) const;

  // Signs it and asks the bank's responder.
  Proof Sign(const Draft& draft);

  // The response for a signature in base64.
  std::string Ocsp(const Draft& draft, const std::string& signature);

  // The extensions of a responder; another may stand in for the bank's own.
  static CertificateDraft ResponderDraft();
  void SetResponder(const CertificateDraft& draft, const Credential& issuer);

  const Credential& root() const { return root_; }
  const Credential& bank_ca() const { return bank_ca_; }
  const Credential& customer_ca() const { return customer_ca_; }

  // A certificate over a key of its own.
  static Credential Issue(const CertificateDraft& draft, const Credential* issuer);

 private:
  Credential root_;
  Credential bank_ca_;
  Credential customer_ca_;
  Credential responder_;
  Credential person_;
};

// A verifier that trusts `root` and is the relying party whom drafts name.
EvidenceVerifier VerifierUnder(X509& root);

// The roots that a file with `root` gives.
SigningRoots RootsOf(X509& root);

}  // namespace bitrade::identity
