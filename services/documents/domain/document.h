// What the agency communicates to a counsel (Swedish: kommunicerad handling), and what a
// description of it must hold.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/common/base/id.h"
#include "services/common/error/error.h"

namespace bitrade::documents {

using DocumentId = Id<struct DocumentTag>;
using AppointmentId = Id<struct AppointmentTag>;

// Names as stored.
enum class State { kStaged, kCommunicated, kDisposed };
absl::string_view StateName(State state);
// Precondition: `name` is one that StateName gives.
State ParseState(absl::string_view name);

// Says what a document is; its bytes come apart.
struct Description {
  AppointmentId appointment;
  std::string title;       // at most 200 characters
  std::string file_name;   // at most 150 characters, without path
  std::string media_type;  // "application/pdf"
  int64_t size = 0;        // bytes, at most kMaxSize
  std::string sha256;      // lower-case hexadecimal, 64 digits
  bool reveals_residence = false;
};

// The appointment that a document is communicated in, as its owner has just told it.
struct Recipient {
  bool digital = false;
  std::optional<absl::Time> released;
  absl::Time visible_until;  // of appointment and documents, to the counsel
};

struct Document {
  DocumentId id;
  Description description;
  State state = State::kStaged;
  int64_t version = 1;  // the etag
  absl::Time create_time;
  std::optional<absl::Time> communicated_time;  // unset while STAGED
};

// The largest document that is taken in: 500 MiB.
constexpr int64_t kMaxSize = int64_t{500} * 1024 * 1024;

inline const Reason kDocumentTooLarge{"DOCUMENT_TOO_LARGE",
                                      absl::StatusCode::kInvalidArgument,
                                      {"Too large", "A document may have at most 500 MiB."},
                                      {"För stor", "En handling får vara högst 500 MiB."}};

inline const Reason kContentMismatch{
    "CONTENT_MISMATCH",
    absl::StatusCode::kInvalidArgument,
    {"Content differs",
     "The content is not what its description says: size, digest or kind differs."},
    {"Innehållet avviker",
     "Innehållet är inte det som beskrivs: storlek, kontrollsumma eller slag avviker."}};

inline const Reason kAppointmentReleased{
    "APPOINTMENT_RELEASED",
    absl::StatusCode::kFailedPrecondition,
    {"Counsel released", "The counsel is released: nothing new is communicated."},
    {"Biträdet entledigat", "Biträdet är entledigat: inget nytt kommuniceras."}};

inline const Reason kAppointmentOnPaper{
    "APPOINTMENT_ON_PAPER",
    absl::StatusCode::kFailedPrecondition,
    {"Handled on paper", "The appointment is handled on paper: nothing is communicated here."},
    {"Handläggs på papper", "Förordnandet handläggs på papper: inget kommuniceras här."}};

inline const Reason kAppointmentEnded{
    "APPOINTMENT_ENDED",
    absl::StatusCode::kFailedPrecondition,
    {"No longer shown", "The appointment is no longer shown: nothing new is communicated."},
    {"Visas inte längre", "Förordnandet visas inte längre: inget nytt kommuniceras."}};

// Checks that a document may be communicated at `now`.
//
// Errors: APPOINTMENT_ON_PAPER, APPOINTMENT_RELEASED, APPOINTMENT_ENDED.
absl::Status CheckRecipient(const Recipient& recipient, absl::Time now);

// Checks a description; collects all faults, with the fields' names in CommunicateDescription.
//
// Errors: INVALID_REQUEST, DOCUMENT_TOO_LARGE.
absl::Status CheckDescription(const Description& description);

// Checks the first bytes of a content, as many as have arrived, against the media type described.
//
// Errors: CONTENT_MISMATCH.
absl::Status CheckBeginning(const Description& description, absl::string_view beginning);

// Checks what arrived against what was described.
//
// Errors: CONTENT_MISMATCH.
absl::Status CheckContent(const Description& description, int64_t size, absl::string_view sha256);

}  // namespace bitrade::documents
