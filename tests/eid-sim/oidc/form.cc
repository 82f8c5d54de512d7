#include "tests/eid-sim/oidc/form.h"

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "services/common/base/status_macros.h"

namespace bitrade::eidsim::oidc {
namespace {

absl::StatusOr<std::string> Decoded(absl::string_view text) {
  std::string decoded;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      decoded += text[at] == '+' ? ' ' : text[at];
      continue;
    }
    const absl::string_view digits = text.substr(at + 1, 2);
    if (digits.size() < 2 || !absl::ascii_isxdigit(static_cast<unsigned char>(digits[0])) ||
        !absl::ascii_isxdigit(static_cast<unsigned char>(digits[1]))) {
      return absl::InvalidArgumentError("a percent sign without two digits");
    }
    decoded += absl::HexStringToBytes(digits);
    at += 2;
  }
  return decoded;
}

std::string Encoded(absl::string_view text) {
  std::string encoded;
  for (const char letter : text) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(letter)) || letter == '-' || letter == '.' ||
        letter == '_' || letter == '~') {
      encoded += letter;
    } else {
      absl::StrAppend(&encoded, "%",
                      absl::AsciiStrToUpper(absl::BytesToHexString(absl::string_view(&letter, 1))));
    }
  }
  return encoded;
}

}  // namespace

absl::StatusOr<Form> ParseForm(absl::string_view text) {
  Form form;
  for (const absl::string_view pair : absl::StrSplit(text, '&', absl::SkipEmpty())) {
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(pair, absl::MaxSplits('=', 1));
    ASSIGN_OR_RETURN(std::string name, Decoded(parts.first));
    ASSIGN_OR_RETURN(std::string value, Decoded(parts.second));
    if (!form.emplace(name, std::move(value)).second) {
      return absl::InvalidArgumentError(absl::StrCat(name, " stands twice"));
    }
  }
  return form;
}

std::string ValueOf(const Form& form, absl::string_view name) {
  const auto found = form.find(name);
  return found == form.end() ? "" : found->second;
}

std::string FormText(const Parameters& parameters) {
  return absl::StrJoin(parameters, "&", [](std::string* out, const auto& parameter) {
    absl::StrAppend(out, Encoded(parameter.first), "=", Encoded(parameter.second));
  });
}

std::string WithQuery(absl::string_view url, const Parameters& parameters) {
  const bool queried = url.find('?') != absl::string_view::npos;
  return absl::StrCat(url, queried ? "&" : "?", FormText(parameters));
}

}  // namespace bitrade::eidsim::oidc
