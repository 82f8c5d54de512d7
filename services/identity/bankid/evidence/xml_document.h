// XML from outside, as a tree of elements and texts and nothing else: no document type, entity,
// comment, CDATA section or processing instruction, no attribute with a namespace (such as xml:id).
// What is signed and what is read are then one and the same.
#pragma once

#include <libxml/tree.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bitrade::identity {

struct FreeDocument {
  void operator()(xmlDocPtr document) const { xmlFreeDoc(document); }
};
using XmlDocument = std::unique_ptr<xmlDoc, FreeDocument>;

// Parses UTF-8. Errors: BANKID_EVIDENCE_REFUSED (XML).
absl::StatusOr<XmlDocument> ParseXml(absl::string_view text);

// An element's name and namespace.
struct XmlName {
  const char* space;
  const char* local;
};
// {name, value}
using XmlAttributes = std::vector<std::pair<const char*, const char*>>;

// Returns the elements within `parent`, in order.
std::vector<xmlNodePtr> ElementsIn(const xmlNode* parent);

// Tells whether `node` has this name.
bool IsNamed(const xmlNode* node, const XmlName& name);

// Tells whether the elements within `parent` are these, each once, in this order.
bool Holds(const xmlNode* parent, const char* space, const std::vector<const char*>& locals);

// Tells whether the attributes of `node` are these, with these values, and no others.
bool HasExactly(xmlNodePtr node, const XmlAttributes& attributes);

// Returns the value of an attribute; "" for none.
std::string AttributeOf(xmlNodePtr node, const char* name);

// Returns the text within an element.
std::string TextOf(xmlNodePtr node);

// Lets `#id` find `node` by its attribute "Id". Returns false when another has that id already.
bool RegisterId(xmlNodePtr node);

}  // namespace bitrade::identity
