// What OpenSSL allocates, owned.
#pragma once

#include <openssl/ocsp.h>
#include <openssl/x509.h>

#include <memory>

namespace bitrade::identity {

template <auto kFree>
struct FreeWith {
  template <typename T>
  void operator()(T* owned) const {
    kFree(owned);
  }
};

using Certificate = std::unique_ptr<X509, FreeWith<&X509_free>>;
using CertificateStore = std::unique_ptr<X509_STORE, FreeWith<&X509_STORE_free>>;
using OcspBasic = std::unique_ptr<OCSP_BASICRESP, FreeWith<&OCSP_BASICRESP_free>>;

}  // namespace bitrade::identity
