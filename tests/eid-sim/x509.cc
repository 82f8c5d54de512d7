#include "tests/eid-sim/x509.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/conf.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>

#include "absl/strings/str_cat.h"

namespace bitrade::eidsim {
namespace {

constexpr long kVersion3 = 2;
constexpr int kSerialBits = 63;
constexpr int kRsaBits = 2048;
constexpr int kRsaPrimes = 3;

using File = std::unique_ptr<FILE, int (*)(FILE*)>;

Key Own(EVP_PKEY* key) {
  Require(key != nullptr);
  return {key, &EVP_PKEY_free};
}

void NameSubject(X509& certificate, const CertificateDraft& draft) {
  X509_NAME* const name = X509_get_subject_name(&certificate);
  for (const auto& [attribute, value] : draft.subject) {
    if (value.empty()) continue;
    const auto* const bytes = reinterpret_cast<const unsigned char*>(value.data());
    Require(X509_NAME_add_entry_by_txt(name, attribute.c_str(), MBSTRING_UTF8, bytes,
                                       static_cast<int>(value.size()), -1, 0) == 1);
  }
}

void Number(X509& certificate) {
  const std::unique_ptr<BIGNUM, void (*)(BIGNUM*)> serial(BN_new(), &BN_free);
  Require(BN_rand(serial.get(), kSerialBits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1);
  Require(BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(&certificate)) != nullptr);
}

void Extend(X509& certificate, X509& issuer, const std::pair<int, std::string>& extension) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, &issuer, &certificate, nullptr, nullptr, 0);
  // Certificate policies are read from a configuration, though it holds nothing.
  const std::unique_ptr<CONF, void (*)(CONF*)> configuration(NCONF_new(nullptr), &NCONF_free);
  X509V3_set_nconf(&context, configuration.get());
  X509_EXTENSION* const made =
      X509V3_EXT_conf_nid(nullptr, &context, extension.first, extension.second.c_str());
  Require(made != nullptr && X509_add_ext(&certificate, made, -1) == 1);
  X509_EXTENSION_free(made);
}

// `issuer` without a certificate stands for the drafted one itself.
Credential Issue(const Credential& issuer, const CertificateDraft& draft, const Key& key) {
  const Certificate certificate(X509_new(), &X509_free);
  Require(certificate != nullptr && X509_set_version(certificate.get(), kVersion3) == 1);
  Number(*certificate);
  ASN1_TIME_set(X509_getm_notBefore(certificate.get()), absl::ToTimeT(draft.not_before));
  ASN1_TIME_set(X509_getm_notAfter(certificate.get()), absl::ToTimeT(draft.not_after));
  NameSubject(*certificate, draft);
  Require(X509_set_pubkey(certificate.get(), key.get()) == 1);
  X509& parent = issuer.certificate ? *issuer.certificate : *certificate;
  for (const auto& extension : draft.extensions) Extend(*certificate, parent, extension);
  Require(X509_set_issuer_name(certificate.get(), X509_get_subject_name(&parent)) == 1);
  Require(X509_sign(certificate.get(), issuer.key.get(), EVP_sha256()) > 0);
  return {key, certificate};
}

File Open(const std::string& path, const char* mode) {
  return {fopen(path.c_str(), mode), &fclose};
}

}  // namespace

void Require(bool done, const char* file, int line) {
  if (done) return;
  std::cerr << file << ":" << line << ": OpenSSL cannot do this\n";
  ERR_print_errors_fp(stderr);
  std::abort();
}

Key NewEcKey() { return Own(EVP_EC_gen("P-256")); }

Key NewRsaKey() {
  const std::unique_ptr<EVP_PKEY_CTX, void (*)(EVP_PKEY_CTX*)> context(
      EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr), &EVP_PKEY_CTX_free);
  EVP_PKEY* key = nullptr;
  Require(EVP_PKEY_keygen_init(context.get()) == 1 &&
          EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), kRsaBits) == 1 &&
          EVP_PKEY_CTX_set_rsa_keygen_primes(context.get(), kRsaPrimes) == 1 &&
          EVP_PKEY_generate(context.get(), &key) == 1);
  return Own(key);
}

Credential SelfSigned(const CertificateDraft& draft, const Key& key) {
  return Issue({key, nullptr}, draft, key);
}

Credential IssuedBy(const Credential& issuer, const CertificateDraft& draft, const Key& key) {
  return Issue(issuer, draft, key);
}

std::string DerOf(X509& certificate) {
  unsigned char* bytes = nullptr;
  const int size = i2d_X509(&certificate, &bytes);
  Require(size > 0);
  const std::string der(reinterpret_cast<const char*>(bytes), static_cast<size_t>(size));
  OPENSSL_free(bytes);
  return der;
}

std::string PemOf(X509& certificate) {
  const std::unique_ptr<BIO, int (*)(BIO*)> memory(BIO_new(BIO_s_mem()), &BIO_free);
  Require(PEM_write_bio_X509(memory.get(), &certificate) == 1);
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &text);
  return {text, static_cast<size_t>(size)};
}

void WriteCertificate(const std::string& path, X509& certificate) {
  const File file = Open(path, "w");
  Require(file != nullptr && PEM_write_X509(file.get(), &certificate) == 1);
}

void WriteKey(const std::string& path, EVP_PKEY& key) {
  const File file = Open(path, "w");
  Require(file != nullptr &&
          PEM_write_PrivateKey(file.get(), &key, nullptr, nullptr, 0, nullptr, nullptr) == 1);
}

absl::StatusOr<Credential> ReadCredential(const std::string& certificate_file,
                                          const std::string& key_file) {
  const auto unreadable = [](const std::string& file) {
    return absl::InvalidArgumentError(absl::StrCat(file, " cannot be read"));
  };
  const File certificate = Open(certificate_file, "r");
  const File key = Open(key_file, "r");
  if (!certificate) return unreadable(certificate_file);
  if (!key) return unreadable(key_file);
  const Credential read{
      Key(PEM_read_PrivateKey(key.get(), nullptr, nullptr, nullptr), &EVP_PKEY_free),
      Certificate(PEM_read_X509(certificate.get(), nullptr, nullptr, nullptr), &X509_free)};
  if (!read.certificate) return unreadable(certificate_file);
  if (!read.key || X509_check_private_key(read.certificate.get(), read.key.get()) != 1) {
    return absl::InvalidArgumentError(absl::StrCat(key_file, " is not the key of the certificate"));
  }
  return read;
}

}  // namespace bitrade::eidsim
