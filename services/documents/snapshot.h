// What a consumer that starts over gets from documents: one event for each document that was ever
// communicated.
#pragma once

#include <vector>

#include "bitrade/events/v1/event_service.pb.h"
#include "services/documents/documents/store.h"

namespace bitrade::documents {

std::vector<events::v1::Event> Snapshot(DocumentStore& store, postgres::Transaction& tx);

}  // namespace bitrade::documents
