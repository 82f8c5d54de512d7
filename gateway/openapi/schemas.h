// The schemas of the messages that requests and answers are made of.
#pragma once

#include <google/protobuf/descriptor.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "gateway/openapi/tree.h"

namespace bitrade::openapi {

// Collects a schema for every message that is referred to.
class Schemas {
 public:
  // Returns the schema of one value of the field, with what its comment says of it.
  Tree OfField(const google::protobuf::FieldDescriptor& field);

  // Returns a reference to the schema of a message that answers have.
  Tree OfAnswer(const google::protobuf::Descriptor& type);

  // Returns a reference to the schema of a message that requests have: only what is marked so is
  // required, and other members are refused. `omitted` are not the body's to fill.
  Tree OfBody(const google::protobuf::Descriptor& type,
              const std::vector<const google::protobuf::FieldDescriptor*>& omitted = {});

  // Returns `components.schemas`, sorted by name.
  Tree Components() const;

 private:
  using Fields = std::vector<const google::protobuf::FieldDescriptor*>;

  Tree Reference(const google::protobuf::Descriptor& type);
  std::string NameOf(const google::protobuf::Descriptor& type);
  Tree Object(const google::protobuf::Descriptor& type, const Fields& omitted);
  void AddAnswerMembers(const google::protobuf::Descriptor& type, Tree& properties);

  std::map<std::string, Tree> schemas_;
  std::map<const google::protobuf::Descriptor*, std::string> names_;
  std::set<const google::protobuf::Descriptor*> sent_;  // by clients
};

}  // namespace bitrade::openapi
