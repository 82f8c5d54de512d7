// Certificates for a test: a CA and what it issues, as PEM files in a folder that goes away with
// the object.
#pragma once

#include <memory>
#include <string>

#include "absl/strings/string_view.h"

namespace bitrade::eidsim {

// Where a certificate and its key are.
struct CertificateFiles {
  std::string certificate;
  std::string key;
};

// A CA with a P-256 key. Ends the process when the folder cannot be written.
class TestCa {
 public:
  TestCa();
  ~TestCa();

  // The CA's own certificate.
  const std::string& file() const { return file_; }

  // Issues a certificate for `name`, valid for a day and for TLS at "localhost".
  CertificateFiles Issue(absl::string_view name) const;

 private:
  struct Keys;

  std::string folder_;
  std::string file_;
  std::unique_ptr<Keys> keys_;
};

}  // namespace bitrade::eidsim
