// What the audit trail tells of a start at a provider, whatever became of it.
#pragma once

#include "absl/status/status.h"
#include "services/common/rpc/use_case.h"
#include "services/identity/logins/convert.h"

namespace bitrade::identity {

// Notes why a provider began nothing, so that there is a row of it: its own word where it gave one,
// else our reason. An OK status says nothing.
void NoteRefusal(rpc::Changing& changing, const absl::Status& refusal);

// Notes of a log-in that begins whence and what for it was asked, and as NoteRefusal the provider's
// `answer`. Nobody knows yet whose it is.
void NoteStart(rpc::Changing& changing, const Wish& wish, const absl::Status& answer);

}  // namespace bitrade::identity
