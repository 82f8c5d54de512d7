// Keeps the rates. They are written by migrations alone.
#pragma once

#include "services/billing/domain/rates.h"
#include "services/common/postgres/transaction.h"

namespace bitrade::billing {

class RateStore {
 public:
  // Returns all rates. Every computation reads them, so that a new row counts at once.
  RateTable All(postgres::Transaction& tx) const;
};

}  // namespace bitrade::billing
