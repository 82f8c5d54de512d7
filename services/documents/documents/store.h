// Keeps what is known of documents; their bytes are content's. Titles, file names and data keys are
// sealed. Every method works in the transaction that the call opened.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/common/crypto/keyring.h"
#include "services/common/postgres/transaction.h"
#include "services/common/rpc/paging.h"
#include "services/documents/documents/reader.h"
#include "services/documents/domain/document.h"

namespace bitrade::documents {

// A page of an appointment's documents, the newest first.
struct DocumentPage {
  std::vector<Document> documents;
  bool last = true;  // no row follows
  int64_t total = 0;
};

// A document with the key of its content.
struct KeyedDocument {
  Document document;
  std::string data_key;
};

// What others may know of a document: no personal data.
struct DocumentLife {
  DocumentId id;
  AppointmentId appointment;
  State state;
  int64_t version = 0;
  absl::Time update_time;
};

class DocumentStore {
 public:
  explicit DocumentStore(const crypto::Keyring& keyring) : keyring_(keyring) {}

  // Returns a page of the communicated documents of an appointment that `reader` sees; nullopt when
  // the projection does not say yes. Errors: SEAL_BROKEN.
  absl::StatusOr<std::optional<DocumentPage>> List(postgres::Transaction& tx, const Reader& reader,
                                                   const AppointmentId& appointment,
                                                   const rpc::PageRows& rows);

  // Returns a communicated document that `reader` sees; nullopt when the projection does not say
  // yes. Errors: SEAL_BROKEN.
  absl::StatusOr<std::optional<Document>> Find(postgres::Transaction& tx, const Reader& reader,
                                               const DocumentId& id);

  // The same with the key of its content.
  absl::StatusOr<std::optional<KeyedDocument>> FindKeyed(postgres::Transaction& tx,
                                                         const Reader& reader,
                                                         const DocumentId& id);

  // Returns whose a communicated document is, seen or not; nullopt when there is none. Never for an
  // answer: only to ask the owner.
  std::optional<AppointmentId> AppointmentOf(postgres::Transaction& tx, const DocumentId& id);

  // The same of a document that may be the counsel's for whom `reader` reads, as far as the
  // projection knows: nullopt for what is another's.
  std::optional<AppointmentId> InDoubt(postgres::Transaction& tx, const Reader& reader,
                                       const DocumentId& id);

  // Stores a document in state STAGED with the key of its content.
  void Stage(postgres::Transaction& tx, const Document& document, const std::string& data_key);

  // Makes a STAGED document COMMUNICATED; false when it has been swept away, or chunks of it are
  // lost.
  bool Publish(postgres::Transaction& tx, const Document& document);

  // Deletes one document that was staged and not touched since `before`, with its chunks; false
  // when there is none.
  bool SweepStaged(postgres::Transaction& tx, absl::Time before);

  // Returns the lives of all that was ever communicated, for others' snapshots.
  std::vector<DocumentLife> All(postgres::Transaction& tx);

 private:
  absl::StatusOr<Document> ReadRow(const pqxx::row& row);
  absl::StatusOr<std::string> Open(const pqxx::field& field, const DocumentId& id,
                                   absl::string_view column);
  std::string Seal(const std::string& text, const DocumentId& id, absl::string_view column);

  const crypto::Keyring& keyring_;
};

}  // namespace bitrade::documents
