// What the audit trail tells of a signature beside the calls about it.
#pragma once

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/common/audit/circumstances.h"
#include "services/common/postgres/transaction.h"
#include "services/identity/domain/signature.h"

namespace bitrade::identity {

// Writes the row of a signature's end, which is no call of anybody's: who signed what, or why not.
// `how` is where we learnt it ("bankid/collect"). What a signature has of its own is added to
// `around`.
void WriteEnd(postgres::Transaction& tx, const Signature& signature, absl::string_view how,
              audit::Circumstances around, absl::Time now);

}  // namespace bitrade::identity
