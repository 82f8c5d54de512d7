// What every call of a process works with; made once by Process, or by a test.
#pragma once

#include "services/common/audit/read_log.h"
#include "services/common/base/clock.h"
#include "services/common/base/id_source.h"
#include "services/common/crypto/keyring.h"
#include "services/common/postgres/executor.h"
#include "services/common/rpc/admission.h"
#include "services/common/rpc/ask.h"
#include "services/common/rpc/metrics.h"

namespace bitrade::rpc {

struct Parts {
  const Clock& clock;
  IdSource& ids;
  postgres::Executor& executor;
  audit::ReadLog& read_log;
  const crypto::Keyring& keyring;
  const Admission& admission;
  Metrics& metrics;
  Asker asker;  // set where a service asks owners of facts
};

}  // namespace bitrade::rpc
