// Keeps content as sealed chunks. Every method works in the transaction that the call opened.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "services/common/postgres/transaction.h"
#include "services/documents/content/sealing.h"
#include "services/documents/documents/reader.h"

namespace bitrade::documents {

class ContentStore {
 public:
  // Stores chunks of a STAGED document; false when it has been swept away. The commit does not wait
  // for the disk: the publishing one, which does, vouches for all before it.
  bool Put(postgres::Transaction& tx, const DocumentId& id, const SealedChunks& chunks,
           absl::Time now);

  // Returns a chunk of a document that `reader` sees; nullopt when the projection does not say yes,
  // an empty text when the chunk is missing.
  std::optional<std::string> Get(postgres::Transaction& tx, const Reader& reader,
                                 const DocumentId& id, int64_t index);
};

}  // namespace bitrade::documents
