#include "services/documents/communications/upload.h"

#include <utility>

#include "services/common/access/projection.h"
#include "services/common/base/status_macros.h"
#include "services/common/crypto/content_cipher.h"
#include "services/common/rpc/ask.h"
#include "services/documents/documents/convert.h"

namespace bitrade::documents {
namespace {

constexpr size_t kLargestPiece = size_t{1024} * 1024;

absl::Status Malformed(absl::string_view field, absl::string_view code, absl::string_view detail) {
  Violations violations;
  violations.Add(field, code, detail);
  return violations.ToStatus();
}

}  // namespace

absl::StatusOr<bool> Upload::Take(v1::CommunicateRequest& message) {
  return message.has_description() ? TakeDescription(message) : TakeData(message.data());
}

absl::StatusOr<bool> Upload::TakeDescription(v1::CommunicateRequest& message) {
  if (document_) return Malformed("description", "REPEATED", "one, in the first message");
  ASSIGN_OR_RETURN(Description description, FromProto(message.description()));
  first_.Swap(&message);
  document_ = Document{.id = DocumentId::Trusted(""), .description = std::move(description)};
  return true;
}

absl::StatusOr<bool> Upload::TakeData(const std::string& data) {
  if (!sealer_) return Malformed("description", "REQUIRED", "in the first message");
  if (data.size() > kLargestPiece) return Malformed("data", "TOO_LONG", "at most 1 MiB");
  const Description& described = document_->description;
  if (sealer_->received() + static_cast<int64_t>(data.size()) > described.size) {
    return Refuse(kContentMismatch);
  }
  chunks_ = sealer_->Add(data);
  RETURN_IF_ERROR(CheckBeginning(described, sealer_->beginning()));
  return !chunks_->sealed.empty();
}

absl::StatusOr<std::optional<v1::Document>> Upload::Store(rpc::Changing& changing) {
  if (!chunks_) return Begin(changing);
  if (!contents_.Put(changing.tx(), document_->id, *chunks_, changing.now())) {
    return Refuse(kConflictRetry);
  }
  return std::nullopt;
}

absl::StatusOr<std::optional<v1::Document>> Upload::Begin(rpc::Changing& changing) {
  ASSIGN_OR_RETURN(const std::optional<v1::Document> first,
                   changing.FirstAnswer<v1::Document>(source_id(), first_));
  if (first) {
    changing.Saw(first->id());
    return Answer(*first);
  }
  RETURN_IF_ERROR(CheckOpen(changing));
  document_->id = changing.NewId<DocumentId>();
  document_->create_time = changing.now();
  const std::string data_key = crypto::NewDataKey();
  documents_.Stage(changing.tx(), *document_, data_key);
  sealer_.emplace(document_->id, document_->description.size, data_key);
  return std::nullopt;
}

absl::StatusOr<v1::Document> Upload::Close(rpc::Changing& changing) {
  if (!sealer_) return Malformed("description", "REQUIRED", "in the first message");
  RETURN_IF_ERROR(CheckContent(document_->description, sealer_->received(), sealer_->sha256()));
  // Of two that sent the same side by side one has published; the other's stays staged.
  ASSIGN_OR_RETURN(v1::Document kept,
                   changing.OncePerSource<v1::Document>(
                       source_id(), first_, [this, &changing] { return Publish(changing); }));
  changing.Saw(kept.id());
  return Answer(std::move(kept));
}

// What the request itself tells of persons is not kept with its first answer.
absl::StatusOr<v1::Document> Upload::Publish(rpc::Changing& changing) {
  RETURN_IF_ERROR(CheckOpen(changing));
  document_->state = State::kCommunicated;
  document_->communicated_time = changing.now();
  if (!documents_.Publish(changing.tx(), *document_)) return Refuse(kConflictRetry);
  changing.Emit("document", document_->id.text(), document_->version, "COMMUNICATED",
                {{"appointment_id", document_->description.appointment.text()}});
  v1::Document published = ToProto(*document_);
  published.clear_title();
  published.clear_file_name();
  return published;
}

// Nothing may be added after a release: whatever the projection says, the owner is asked.
absl::Status Upload::CheckOpen(rpc::Changing& changing) {
  const std::string& appointment = document_->description.appointment.text();
  if (!changing.asked()) return rpc::AskFirst(appointment);
  const std::optional<access::AppointmentFacts> facts = access::Load(changing.tx(), appointment);
  const rpc::Reach reach = policy_.ReachOf(changing.caller().process);
  if (!facts || !reach.Covers(facts->authority, facts->category)) return Refuse(kNotFound);
  return CheckRecipient({facts->digital, facts->released, facts->visible_until}, changing.now());
}

// A first answer belongs to the same description, byte for byte.
v1::Document Upload::Answer(v1::Document kept) const {
  kept.set_title(document_->description.title);
  kept.set_file_name(document_->description.file_name);
  return kept;
}

}  // namespace bitrade::documents
