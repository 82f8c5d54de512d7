#include "services/documents/documents/convert.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/common/base/status_macros.h"
#include "services/common/error/id_field.h"
#include "services/common/rpc/paging.h"
#include "services/common/rpc/timestamp.h"

namespace bitrade::documents {
namespace {

v1::Document::State StateToProto(State state) {
  switch (state) {
    case State::kStaged:
      return v1::Document::STAGED;
    case State::kCommunicated:
      return v1::Document::COMMUNICATED;
    case State::kDisposed:
      return v1::Document::DISPOSED;
  }
  return v1::Document::STATE_UNSPECIFIED;
}

}  // namespace

v1::Document ToProto(const Document& document) {
  const Description& description = document.description;
  v1::Document out;
  out.set_id(document.id.text());
  out.set_appointment_id(description.appointment.text());
  out.set_title(description.title);
  out.set_file_name(description.file_name);
  out.set_media_type(description.media_type);
  out.set_size(description.size);
  out.set_sha256(description.sha256);
  out.set_reveals_residence(description.reveals_residence);
  out.set_state(StateToProto(document.state));
  out.set_etag(absl::StrCat(document.version));
  rpc::SetTime(document.create_time, *out.mutable_create_time());
  if (document.communicated_time) {
    rpc::SetTime(*document.communicated_time, *out.mutable_communicated_time());
  }
  return out;
}

v1::ListDocumentsResponse ToProto(const DocumentPage& page) {
  v1::ListDocumentsResponse out;
  for (const Document& document : page.documents) *out.add_documents() = ToProto(document);
  out.set_total(page.total);
  if (!page.last) out.set_next_cursor(rpc::CursorAfter(page.documents.back().id.text()));
  return out;
}

absl::StatusOr<Description> FromProto(const v1::CommunicateDescription& in) {
  ASSIGN_OR_RETURN(AppointmentId appointment,
                   ParseId<AppointmentId>(in.appointment_id(), "description.appointment_id"));
  Description description{.appointment = std::move(appointment),
                          .title = in.title(),
                          .file_name = in.file_name(),
                          .media_type = in.media_type(),
                          .size = in.size(),
                          .sha256 = in.sha256(),
                          .reveals_residence = in.reveals_residence()};
  RETURN_IF_ERROR(CheckDescription(description));
  return description;
}

}  // namespace bitrade::documents
