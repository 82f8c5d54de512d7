#include "gateway/openapi/contract.h"

#include <google/protobuf/descriptor.pb.h>

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace bitrade::openapi {
namespace {

bool IsReason(absl::string_view word) {
  for (const char c : word) {
    if (!absl::ascii_isupper(c) && !absl::ascii_isdigit(c) && c != '_') return false;
  }
  return word.size() > 3;
}

std::vector<std::string> ReasonsIn(absl::string_view paragraph) {
  std::vector<std::string> reasons;
  for (const absl::string_view word : absl::StrSplit(paragraph, absl::ByAnyChar(" ,.;:"))) {
    if (IsReason(word)) reasons.emplace_back(word);
  }
  return reasons;
}

// Ends a sentence only before the beginning of another, so that "20 §." and "F-tax." do.
std::string FirstSentence(absl::string_view text) {
  for (size_t end = text.find(". "); end != absl::string_view::npos;
       end = text.find(". ", end + 1)) {
    if (end + 2 < text.size() && !absl::ascii_islower(text[end + 2])) {
      return std::string(text.substr(0, end + 1));
    }
  }
  return std::string(text.substr(0, text.find('\n')));
}

}  // namespace

Comment ParseComment(absl::string_view comment) {
  std::vector<std::string> paragraphs(1);
  for (const absl::string_view line : absl::StrSplit(comment, '\n')) {
    const absl::string_view text = absl::StripAsciiWhitespace(line);
    if (text.empty()) {
      paragraphs.emplace_back();
    } else {
      absl::StrAppend(&paragraphs.back(), paragraphs.back().empty() ? "" : " ", text);
    }
  }
  Comment result;
  std::vector<std::string> kept;
  for (std::string& paragraph : paragraphs) {
    if (absl::StartsWith(paragraph, "Reasons:")) {
      result.reasons = ReasonsIn(paragraph);
    } else if (!paragraph.empty()) {
      kept.push_back(std::move(paragraph));
    }
  }
  result.text = absl::StrJoin(kept, "\n\n");
  result.summary = FirstSentence(result.text);
  return result;
}

absl::StatusOr<Contract> Contract::Load(const std::string& bytes) {
  google::protobuf::FileDescriptorSet files;
  if (!files.ParseFromString(bytes)) return absl::InvalidArgumentError("not a descriptor set");
  Contract contract;
  contract.pool_ = std::make_unique<google::protobuf::DescriptorPool>();
  for (const auto& file : files.file()) {
    const auto* built = contract.pool_->BuildFile(file);
    if (built == nullptr) return absl::InvalidArgumentError(absl::StrCat("broken: ", file.name()));
    if (!absl::StartsWith(built->package(), "bitrade.")) continue;
    for (int i = 0; i < built->service_count(); ++i) {
      contract.services_.push_back(built->service(i));
    }
  }
  std::sort(contract.services_.begin(), contract.services_.end(),
            [](const auto* a, const auto* b) { return a->full_name() < b->full_name(); });
  return contract;
}

}  // namespace bitrade::openapi
