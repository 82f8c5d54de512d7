#include "services/identity/logins/start_note.h"

#include "services/common/error/error.h"

namespace bitrade::identity {

void NoteRefusal(rpc::Changing& changing, const absl::Status& refusal) {
  const ErrorDetails details = DetailsOf(refusal);
  const bool told = !details.metadata.empty() && !details.metadata.front().second.empty();
  changing.Note(audit::Circumstance::kWhy, told ? details.metadata.front().second : details.reason);
}

void NoteStart(rpc::Changing& changing, const Wish& wish, const absl::Status& answer) {
  changing.Note(audit::Circumstance::kAddress, wish.browser.address);
  changing.Note(audit::Circumstance::kPurpose, Name(wish.purpose));
  NoteRefusal(changing, answer);
}

}  // namespace bitrade::identity
