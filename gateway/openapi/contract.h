// The contracts as the documents need them: services with their comments, read from a descriptor
// set.
#pragma once

#include <google/protobuf/descriptor.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bitrade::openapi {

// A comment in its parts.
struct Comment {
  std::string summary;               // the first sentence
  std::string text;                  // all but the reasons, paragraphs apart by an empty line
  std::vector<std::string> reasons;  // the words after "Reasons:"
};

// Takes a comment of a proto apart.
Comment ParseComment(absl::string_view comment);

// Returns the comment before a declaration; empty without one.
template <typename Descriptor>
Comment CommentOf(const Descriptor& descriptor) {
  google::protobuf::SourceLocation location;
  if (!descriptor.GetSourceLocation(&location)) return {};
  return ParseComment(location.leading_comments);
}

// The services of a descriptor set. The descriptors live as long as it does.
class Contract {
 public:
  // Reads a serialized FileDescriptorSet with source info. Errors: INVALID_ARGUMENT for bytes that
  // are none or files that do not fit together.
  static absl::StatusOr<Contract> Load(const std::string& bytes);

  // Returns bitrade's services, sorted by name.
  const std::vector<const google::protobuf::ServiceDescriptor*>& services() const {
    return services_;
  }

  // Finds a message by its full name; null without one.
  const google::protobuf::Descriptor* FindMessage(const std::string& full_name) const {
    return pool_->FindMessageTypeByName(full_name);
  }

 private:
  std::unique_ptr<google::protobuf::DescriptorPool> pool_;
  std::vector<const google::protobuf::ServiceDescriptor*> services_;
};

}  // namespace bitrade::openapi
