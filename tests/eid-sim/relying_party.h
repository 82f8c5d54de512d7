// Who calls the relying-party interface: what BankID reads in the client's certificate.
#pragma once

#include <openssl/x509.h>

#include <string>

namespace bitrade::eidsim {

struct RelyingParty {
  std::string fingerprint;   // SHA-256 of the certificate in hexadecimal: whose orders are whose
  std::string name;          // "cn=…,name=…,serialNumber=…,o=…,c=SE"
  std::string display_name;  // the attribute `name`, else the common name
};

// The last attribute of the subject comes first in `name`; characters that RFC 4514 reserves have a
// backslash before them.
RelyingParty RelyingPartyOf(X509& certificate);

}  // namespace bitrade::eidsim
