// BankID's XML signature (XMLDSig, enveloping), written in canonical form: whoever hashes the raw
// text of a signed element gets the digest that stands in the signature.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "tests/eid-sim/signing_authority.h"

namespace bitrade::eidsim {

// What the app shows, is told and adds. The data are base64 as the relying party sent them; empty
// ones are left out.
struct SignedText {
  std::string visible_data;
  bool markdown = false;
  std::string non_visible_data;
  std::string relying_party_name;
  std::string relying_party_display;
  std::string function;     // "Identification" or "Signing"
  std::string device_type;  // "IOS", "ANDROID", "OS_X", "WIN"
  std::string uhi;
  std::string policies;  // the order's, separated by commas
};

enum class DigestStrength { kSha256, kSha1 };

// The element bankIdSignedData, as a list of its children.
struct SignedData {
  std::vector<std::string> children;

  std::string Xml() const;
};

SignedData SignedDataOf(const SignedText& text);

// A signature in its parts, so that they can be put together wrongly. `objects` holds the text of
// one or more Object elements.
struct XmlSignature {
  std::string signed_info;
  std::string signature_value;
  std::string key_info;
  std::string objects;

  // The whole document.
  std::string Xml() const;
};

// One Object element around `content`.
std::string ObjectXml(absl::string_view content);

// The element SignatureValue around raw bytes.
std::string SignatureValueXml(absl::string_view bytes);

// Signs the data and the certificates with the person's key.
XmlSignature SignXml(const SignedData& data, const SigningChain& chain, DigestStrength strength);

}  // namespace bitrade::eidsim
