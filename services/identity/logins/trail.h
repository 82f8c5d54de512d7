// What the audit trail tells of a log-in beside the calls about it.
#pragma once

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/common/audit/circumstances.h"
#include "services/common/postgres/transaction.h"
#include "services/identity/domain/login.h"

namespace bitrade::identity {

// Which circumstance the kind of e-legitimation is that `method` proves with: the policy of
// BankID's certificates, or the level of an OpenID provider.
audit::Circumstance ProofKind(Method method);

// Writes the row of a log-in's end, which is no call of anybody's: who got in, or why not. `how` is
// where we learnt it ("bankid/collect"). What a log-in has of its own is added to `around`.
void WriteEnd(postgres::Transaction& tx, const Login& login, absl::string_view how,
              audit::Circumstances around, absl::Time now);

}  // namespace bitrade::identity
