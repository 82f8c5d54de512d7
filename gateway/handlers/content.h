// A document's content on its way from documents to a browser, a piece at a time.
#pragma once

#include "gateway/pipeline/handlers.h"

namespace bitrade::gateway {

class DocumentsClient;

// Adds the handler. `documents` must outlive it.
void AddContentHandler(DocumentsClient& documents, Handlers& handlers);

}  // namespace bitrade::gateway
