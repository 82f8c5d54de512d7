#include "gateway/transcoding/page.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <limits>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gateway/transcoding/path_template.h"

namespace bitrade::gateway {
namespace {

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;

constexpr int64_t kMaxDepth = 1000;  // rows that pages by number reach

const FieldDescriptor* FieldOf(const Message& request, const char* name,
                               FieldDescriptor::CppType type) {
  const FieldDescriptor* field = request.GetDescriptor()->FindFieldByName(name);
  return field != nullptr && !field->is_repeated() && field->cpp_type() == type ? field : nullptr;
}

int64_t NumberOf(const Message& request, const FieldDescriptor* field, int64_t fallback) {
  const int64_t number = field == nullptr ? 0 : request.GetReflection()->GetInt32(request, field);
  return number > 0 ? number : fallback;
}

// The query without what chooses the page, and with `choice` in its place.
std::string Address(absl::string_view path, absl::string_view query, absl::string_view choice) {
  std::string kept;
  for (const absl::string_view piece : absl::StrSplit(query, '&', absl::SkipEmpty())) {
    const absl::string_view name = piece.substr(0, piece.find('='));
    if (name == "limit" || name == "page" || name == "cursor") continue;
    absl::StrAppend(&kept, piece, "&");
  }
  return absl::StrCat(path, "?", kept, choice);
}

}  // namespace

// How deep pages by number reach is the service's to say: a cursor goes on.
const PageBounds* BoundsOf(const FieldDescriptor& field) {
  static constexpr PageBounds kLimit{1, 100};
  static constexpr PageBounds kPage{1, std::numeric_limits<int32_t>::max()};
  if (field.is_repeated() || field.cpp_type() != FieldDescriptor::CPPTYPE_INT32) return nullptr;
  if (field.name() == "limit") return &kLimit;
  return field.name() == "page" ? &kPage : nullptr;
}

Page PageOf(const Message& request, int64_t total, std::string next_cursor) {
  Page page;
  const FieldDescriptor* number = FieldOf(request, "page", FieldDescriptor::CPPTYPE_INT32);
  const FieldDescriptor* limit = FieldOf(request, "limit", FieldDescriptor::CPPTYPE_INT32);
  const FieldDescriptor* cursor = FieldOf(request, "cursor", FieldDescriptor::CPPTYPE_STRING);
  page.can_page = number != nullptr;
  page.page = NumberOf(request, number, page.page);
  page.limit = NumberOf(request, limit, page.limit);
  page.by_cursor =
      cursor != nullptr && !request.GetReflection()->GetString(request, cursor).empty();
  page.total = total;
  page.next_cursor = std::move(next_cursor);
  return page;
}

std::vector<std::pair<const char*, std::string>> PageLinks(const Page& page, absl::string_view path,
                                                           absl::string_view query) {
  std::vector<std::pair<const char*, std::string>> links;
  const auto to_page = [&](const char* rel, int64_t number) {
    if (number * page.limit > std::max(kMaxDepth, page.limit)) return;
    links.emplace_back(rel,
                       Address(path, query, absl::StrCat("limit=", page.limit, "&page=", number)));
  };
  links.emplace_back("self", query.empty() ? std::string(path) : absl::StrCat(path, "?", query));
  const int64_t last = std::max<int64_t>(1, (page.total + page.limit - 1) / page.limit);
  if (page.can_page) to_page("first", 1);
  if (page.can_page && !page.by_cursor && page.page > 1) to_page("prev", page.page - 1);
  if (!page.next_cursor.empty()) {
    links.emplace_back("next", Address(path, query,
                                       absl::StrCat("limit=", page.limit,
                                                    "&cursor=", PercentEncode(page.next_cursor))));
  } else if (page.can_page && !page.by_cursor && page.page < last) {
    to_page("next", page.page + 1);
  }
  if (page.can_page) to_page("last", last);
  return links;
}

}  // namespace bitrade::gateway
