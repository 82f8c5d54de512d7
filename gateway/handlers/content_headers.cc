#include "gateway/handlers/content_headers.h"

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gateway/transcoding/path_template.h"

namespace bitrade::gateway {
namespace {

bool IsUnsafe(unsigned char c) { return absl::ascii_iscntrl(c) || c == '/' || c == '\\'; }

// One '_' for each character that ASCII does not have: bytes that continue one are dropped.
std::string AsciiName(absl::string_view name) {
  std::string ascii;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) == 0x80) continue;
    ascii.push_back(byte >= 0x80 || c == '"' || c == '%' ? '_' : c);
  }
  return ascii;
}

}  // namespace

std::string ContentDisposition(absl::string_view file_name) {
  std::string name(file_name);
  for (char& c : name) {
    if (IsUnsafe(static_cast<unsigned char>(c))) c = '_';
  }
  return absl::StrCat("attachment; filename=\"", AsciiName(name), "\"; filename*=UTF-8''",
                      PercentEncode(name));
}

std::string ContentEtag(const documents::v1::Document& document) {
  return absl::StrCat("\"", document.sha256(), "\"");
}

std::string ReprDigest(absl::string_view sha256_hex) {
  return absl::StrCat("sha-256=:", absl::Base64Escape(absl::HexStringToBytes(sha256_hex)), ":");
}

void AddContentHeaders(const documents::v1::Document& document, Exchange& exchange) {
  exchange.AddHeader("Content-Security-Policy",
                     "default-src 'none'; frame-ancestors 'none'; sandbox");
  exchange.AddHeader("ETag", ContentEtag(document));
  exchange.AddHeader("Repr-Digest", ReprDigest(document.sha256()));
  exchange.AddHeader("Accept-Ranges", "bytes");
  exchange.AddHeader("Content-Disposition", ContentDisposition(document.file_name()));
}

}  // namespace bitrade::gateway
