// Keys and certificates as OpenSSL holds them, made from plain descriptions.
//
// What OpenSSL cannot do here (no memory, a description of nothing) ends the process: whoever needs
// a certificate cannot go on without it.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace bitrade::eidsim {

using Key = std::shared_ptr<EVP_PKEY>;
using Certificate = std::shared_ptr<X509>;

struct Credential {
  Key key;
  Certificate certificate;
};

struct CertificateDraft {
  // Attributes as {OpenSSL's short name, UTF-8}, in the order of the certificate; empty ones are
  // left out.
  std::vector<std::pair<std::string, std::string>> subject;
  absl::Time not_before;
  absl::Time not_after;
  // {OpenSSL's number of the extension, its text in a configuration file}
  std::vector<std::pair<int, std::string>> extensions;
};

Key NewEcKey();

// RSA with 2048 bits and three primes: several times quicker to make than with two, and whoever
// verifies sees no difference.
Key NewRsaKey();

// A certificate over a key, signed by that key or by another's.
Credential SelfSigned(const CertificateDraft& draft, const Key& key);
Credential IssuedBy(const Credential& issuer, const CertificateDraft& draft, const Key& key);

std::string DerOf(X509& certificate);
std::string PemOf(X509& certificate);

// Writes PEM files.
void WriteCertificate(const std::string& path, X509& certificate);
void WriteKey(const std::string& path, EVP_PKEY& key);

// Reads PEM files. Errors: INVALID_ARGUMENT naming the file.
absl::StatusOr<Credential> ReadCredential(const std::string& certificate_file,
                                          const std::string& key_file);

// Ends the process unless `done`, and says where it was called.
void Require(bool done, const char* file = __builtin_FILE(), int line = __builtin_LINE());

}  // namespace bitrade::eidsim
