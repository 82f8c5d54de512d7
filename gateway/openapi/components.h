// What operations share: parameters and headers of every call, the schemas of links and pages.
#pragma once

#include "gateway/openapi/tree.h"

namespace bitrade::openapi {

// Returns a reference to one of SharedParameters, by its key there.
Tree SharedParameter(const char* key);

// Returns a reference to one of SharedHeaders, by its key there.
Tree SharedHeader(const char* key);

// Adds to a response the headers that every answer has.
void AddTracingHeaders(Tree& response);

// Returns `components.parameters`.
Tree SharedParameters();

// Returns `components.headers`.
Tree SharedHeaders();

// Returns `components.securitySchemes`.
Tree SecuritySchemes();

// Returns the schema of one link of `_links`.
Tree LinkSchema();

// Returns the schema of `_meta`.
Tree PageMetaSchema();

}  // namespace bitrade::openapi
