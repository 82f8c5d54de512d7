#include "services/documents/domain/document.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "services/common/base/formats.h"
#include "services/common/base/names.h"

namespace bitrade::documents {
namespace {

constexpr std::array<std::pair<State, const char*>, 3> kStates{
    {{State::kStaged, "STAGED"},
     {State::kCommunicated, "COMMUNICATED"},
     {State::kDisposed, "DISPOSED"}}};

constexpr size_t kMaxTitle = 200;  // characters
constexpr size_t kMaxFileName = 150;
constexpr absl::string_view kPdf = "application/pdf";
constexpr absl::string_view kPdfSignature = "%PDF-";

bool IsFileName(absl::string_view text) {
  return IsLine(text, kMaxFileName) && text != "." && text != ".." &&
         text.find_first_of("/\\") == absl::string_view::npos;
}

bool IsMediaType(absl::string_view text) {
  const auto slash = text.find('/');
  const auto is_token = [](absl::string_view part) {
    return !part.empty() && part.size() <= 80 && std::all_of(part.begin(), part.end(), [](char c) {
      return absl::ascii_islower(c) || absl::ascii_isdigit(c) ||
             absl::StrContains("!#$&^_.+-", absl::string_view(&c, 1));
    });
  };
  return slash != absl::string_view::npos && is_token(text.substr(0, slash)) &&
         is_token(text.substr(slash + 1));
}

}  // namespace

absl::string_view StateName(State state) { return NameIn(kStates, state); }

State ParseState(absl::string_view name) { return ValueIn(kStates, name); }

absl::Status CheckRecipient(const Recipient& recipient, absl::Time now) {
  if (!recipient.digital) return Refuse(kAppointmentOnPaper);
  if (recipient.released && *recipient.released <= now) return Refuse(kAppointmentReleased);
  if (recipient.visible_until <= now) return Refuse(kAppointmentEnded);
  return absl::OkStatus();
}

absl::Status CheckDescription(const Description& description) {
  if (description.size > kMaxSize) return Refuse(kDocumentTooLarge);
  Violations violations;
  if (!IsLine(description.title, kMaxTitle)) {
    violations.Add("description.title", "MALFORMED", "1 to 200 characters, no control characters");
  }
  if (!IsFileName(description.file_name)) {
    violations.Add("description.file_name", "MALFORMED", "1 to 150 characters, without path");
  }
  if (!IsMediaType(description.media_type)) {
    violations.Add("description.media_type", "MALFORMED",
                   "a media type in lower case, such as application/pdf");
  }
  if (description.size <= 0) {
    violations.Add("description.size", "OUT_OF_RANGE", "at least one byte");
  }
  if (!IsSha256(description.sha256)) {
    violations.Add("description.sha256", "MALFORMED", "64 lower-case hexadecimal digits");
  }
  return violations.ToStatus();
}

absl::Status CheckBeginning(const Description& description, absl::string_view beginning) {
  if (description.media_type != kPdf) return absl::OkStatus();
  const size_t size = std::min(beginning.size(), kPdfSignature.size());
  if (beginning.substr(0, size) != kPdfSignature.substr(0, size)) return Refuse(kContentMismatch);
  return absl::OkStatus();
}

absl::Status CheckContent(const Description& description, int64_t size, absl::string_view sha256) {
  if (size != description.size || sha256 != description.sha256) return Refuse(kContentMismatch);
  return absl::OkStatus();
}

}  // namespace bitrade::documents
