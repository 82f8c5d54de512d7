// An example of every message, from the `example` options of its fields.
#pragma once

#include <google/protobuf/descriptor.h>

#include <vector>

#include "gateway/openapi/tree.h"

namespace bitrade::openapi {

enum class Direction { kRequest, kAnswer };

// Returns an example of a value of the field, one element where it is repeated.
Tree ExampleOf(const google::protobuf::FieldDescriptor& field, Direction direction);

// Returns an example of a message as it is sent or answered, without the fields in `omitted`.
Tree ExampleOf(const google::protobuf::Descriptor& type, Direction direction,
               const std::vector<const google::protobuf::FieldDescriptor*>& omitted = {});

}  // namespace bitrade::openapi
