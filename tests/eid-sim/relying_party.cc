#include "tests/eid-sim/relying_party.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "services/common/crypto/digest.h"
#include "tests/eid-sim/x509.h"

namespace bitrade::eidsim {
namespace {

struct Attribute {
  std::string type;
  std::string value;
};

// As BankID writes it: "cn", "o", "c" in lower case, "name" and "serialNumber" as they are.
std::string TypeOf(X509_NAME_ENTRY* entry) {
  const char* const name = OBJ_nid2sn(OBJ_obj2nid(X509_NAME_ENTRY_get_object(entry)));
  const std::string type = name == nullptr ? "" : name;
  return type.size() <= 2 ? absl::AsciiStrToLower(type) : type;
}

std::string ValueOf(X509_NAME_ENTRY* entry) {
  unsigned char* utf8 = nullptr;
  const int size = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(entry));
  if (size < 0) return "";
  std::string value(reinterpret_cast<const char*>(utf8), static_cast<size_t>(size));
  OPENSSL_free(utf8);
  return value;
}

// The last attribute first.
std::vector<Attribute> SubjectOf(X509& certificate) {
  std::vector<Attribute> attributes;
  X509_NAME* const subject = X509_get_subject_name(&certificate);
  for (int at = X509_NAME_entry_count(subject) - 1; at >= 0; --at) {
    X509_NAME_ENTRY* const entry = X509_NAME_get_entry(subject, at);
    attributes.push_back({TypeOf(entry), ValueOf(entry)});
  }
  return attributes;
}

std::string Escaped(absl::string_view value) {
  constexpr absl::string_view kReserved = "\",+;<>\\";
  std::string escaped;
  for (const char letter : value) {
    if (kReserved.find(letter) != absl::string_view::npos) escaped += '\\';
    escaped += letter;
  }
  return escaped;
}

std::string FirstOf(const std::vector<Attribute>& subject, absl::string_view type) {
  for (const Attribute& attribute : subject) {
    if (attribute.type == type) return attribute.value;
  }
  return "";
}

}  // namespace

RelyingParty RelyingPartyOf(X509& certificate) {
  const std::vector<Attribute> subject = SubjectOf(certificate);
  const std::string displayed = FirstOf(subject, "name");
  return {crypto::Sha256Hex(DerOf(certificate)),
          absl::StrJoin(subject, ",",
                        [](std::string* out, const Attribute& attribute) {
                          absl::StrAppend(out, attribute.type, "=", Escaped(attribute.value));
                        }),
          displayed.empty() ? FirstOf(subject, "cn") : displayed};
}

}  // namespace bitrade::eidsim
