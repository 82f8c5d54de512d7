#include "gateway/transcoding/query.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "gateway/transcoding/page.h"
#include "gateway/transcoding/scalars.h"
#include "gateway/transcoding/utf8.h"

namespace bitrade::gateway {
namespace {

using ::google::protobuf::FieldDescriptor;

constexpr Fault kUnknown{"UNKNOWN", "There is no such parameter."};
constexpr Fault kDuplicate{"DUPLICATE", "The parameter is there twice."};
constexpr Fault kNoSuchPage{"OUT_OF_RANGE", "Pages begin with 1 and have 1 to 100 entries."};
constexpr Fault kSyntax{"SYNTAX", "The query is no UTF-8 in percent-encoding."};

const FieldDescriptor* FindParameter(const Route& route, absl::string_view name) {
  const auto& type = *route.method->input_type();
  for (int i = 0; i < type.field_count(); ++i) {
    if (type.field(i)->json_name() != name) continue;
    return IsQueryField(route, *type.field(i)) ? type.field(i) : nullptr;
  }
  return nullptr;
}

// A page is chosen in every list alike; 0, which a field has by default, is not asked for.
std::optional<Fault> PageFault(const google::protobuf::Message& request,
                               const FieldDescriptor& field) {
  const PageBounds* bounds = BoundsOf(field);
  if (bounds == nullptr) return std::nullopt;
  const int32_t number = request.GetReflection()->GetInt32(request, &field);
  if (number >= bounds->least && number <= bounds->most) return std::nullopt;
  return kNoSuchPage;
}

// Whoever sends a browser back to us may say more than we know (RFC 6749, 4.1.2).
bool IsReturn(const Route& route) { return route.success_status == 303; }

}  // namespace

std::optional<std::vector<QueryParameter>> SplitQuery(absl::string_view query) {
  std::vector<QueryParameter> parameters;
  for (const absl::string_view piece : absl::StrSplit(query, '&', absl::SkipEmpty())) {
    const std::pair<absl::string_view, absl::string_view> halves =
        absl::StrSplit(piece, absl::MaxSplits('=', 1));
    auto name = PercentDecode(absl::StrReplaceAll(halves.first, {{"+", " "}}));
    auto value = PercentDecode(absl::StrReplaceAll(halves.second, {{"+", " "}}));
    if (!name || !value || !IsUtf8(*name) || !IsUtf8(*value)) return std::nullopt;
    parameters.push_back({*std::move(name), *std::move(value)});
  }
  return parameters;
}

bool IsQueryField(const Route& route, const FieldDescriptor& field) {
  if (route.body == "*" || field.name() == route.body || IsObjectField(field)) return false;
  if (&field == route.etag || &field == route.idempotency_key) return false;
  return std::find(route.captures.begin(), route.captures.end(), &field) == route.captures.end();
}

void BindQuery(const Route& route, absl::string_view query, google::protobuf::Message& request,
               std::vector<Violation>& violations) {
  const auto parameters = SplitQuery(query);
  if (!parameters) {
    violations.push_back({"?", kSyntax.code, kSyntax.detail});
    return;
  }
  std::vector<const FieldDescriptor*> seen;
  for (const QueryParameter& parameter : *parameters) {
    const FieldDescriptor* field = FindParameter(route, parameter.name);
    if (field == nullptr && IsReturn(route)) continue;
    const bool again = std::find(seen.begin(), seen.end(), field) != seen.end();
    seen.push_back(field);
    std::optional<Fault> fault;
    if (field == nullptr) {
      fault = kUnknown;
    } else if (again && !field->is_repeated()) {
      fault = kDuplicate;
    } else {
      fault = SetScalar(request, *field, QueryNotationOf(*field), parameter.value);
      if (!fault) fault = PageFault(request, *field);
    }
    if (fault) {
      violations.push_back({absl::StrCat("?", parameter.name), fault->code, fault->detail});
    }
  }
}

}  // namespace bitrade::gateway
