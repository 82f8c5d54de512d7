#include "services/identity/bankid/evidence/xml_document.h"

#include <libxml/parser.h>
#include <libxml/valid.h>

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/identity/bankid/evidence/refusal.h"

namespace bitrade::identity {
namespace {

const xmlChar* Xml(const char* text) { return reinterpret_cast<const xmlChar*>(text); }
absl::string_view View(const xmlChar* text) {
  return text == nullptr ? "" : reinterpret_cast<const char*>(text);
}

// Takes over what libxml2 has allocated.
std::string Taken(xmlChar* text) {
  std::string taken(View(text));
  xmlFree(text);
  return taken;
}

// Seen before a parser does anything with it: whatever begins with "<!" is none of what BankID
// writes, and what begins with "<?" is at most the declaration of XML.
bool IsPlain(absl::string_view text) {
  if (absl::ConsumePrefix(&text, "<?xml "))
    text = text.substr(std::min(text.find('>'), text.size()));
  return !absl::StrContains(text, "<!") && !absl::StrContains(text, "<?") &&
         !absl::StrContains(text, '\0');
}

bool HasPlainAttributes(const xmlNode* node) {
  for (const xmlAttr* attribute = node->properties; attribute != nullptr;
       attribute = attribute->next) {
    if (attribute->ns != nullptr) return false;
  }
  return true;
}

// Texts stand in elements that hold nothing else; between elements there is at most white space.
bool IsElementTree(const xmlNode* node) {
  if (node->type == XML_TEXT_NODE) {
    const bool alone = xmlFirstElementChild(node->parent) == nullptr;
    return alone || xmlIsBlankNode(node) == 1;
  }
  if (node->type != XML_ELEMENT_NODE || !HasPlainAttributes(node)) return false;
  for (const xmlNode* child = node->children; child != nullptr; child = child->next) {
    if (!IsElementTree(child)) return false;
  }
  return true;
}

}  // namespace

absl::StatusOr<XmlDocument> ParseXml(absl::string_view text) {
  if (!IsPlain(text)) return Refused(EvidenceFault::kXml);
  XmlDocument document(xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, "UTF-8",
                                     XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
  if (!document || document->intSubset != nullptr || document->extSubset != nullptr) {
    return Refused(EvidenceFault::kXml);
  }
  const xmlNode* const root = xmlDocGetRootElement(document.get());
  if (root == nullptr || document->children != root || root->next != nullptr ||
      !IsElementTree(root)) {
    return Refused(EvidenceFault::kXml);
  }
  return document;
}

std::vector<xmlNodePtr> ElementsIn(const xmlNode* parent) {
  std::vector<xmlNodePtr> elements;
  for (xmlNodePtr node = parent->children; node != nullptr; node = node->next) {
    if (node->type == XML_ELEMENT_NODE) elements.push_back(node);
  }
  return elements;
}

bool IsNamed(const xmlNode* node, const XmlName& name) {
  return node->ns != nullptr && View(node->ns->href) == name.space &&
         View(node->name) == name.local;
}

bool Holds(const xmlNode* parent, const char* space, const std::vector<const char*>& locals) {
  const std::vector<xmlNodePtr> elements = ElementsIn(parent);
  return std::equal(elements.begin(), elements.end(), locals.begin(), locals.end(),
                    [space](const xmlNode* node, const char* local) {
                      return IsNamed(node, {space, local});
                    });
}

bool HasExactly(xmlNodePtr node, const XmlAttributes& attributes) {
  size_t count = 0;
  for (const xmlAttr* each = node->properties; each != nullptr; each = each->next) ++count;
  return count == attributes.size() &&
         std::all_of(attributes.begin(), attributes.end(), [node](const auto& wanted) {
           return AttributeOf(node, wanted.first) == wanted.second;
         });
}

std::string AttributeOf(xmlNodePtr node, const char* name) {
  return Taken(xmlGetNoNsProp(node, Xml(name)));
}

std::string TextOf(xmlNodePtr node) { return Taken(xmlNodeGetContent(node)); }

bool RegisterId(xmlNodePtr node) {
  const xmlAttrPtr id = xmlHasProp(node, Xml("Id"));
  if (id == nullptr) return false;
  return xmlAddID(nullptr, node->doc, Xml(AttributeOf(node, "Id").c_str()), id) != nullptr;
}

}  // namespace bitrade::identity
