// What differs between libpqxx 6.4 (Debian 12) and 7.10 (Debian 13), in one place.
#pragma once

#include <pqxx/pqxx>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"

namespace bitrade::postgres {

#if PQXX_VERSION_MAJOR >= 7
using Binary = std::basic_string<std::byte>;
inline Binary MakeBinary(absl::string_view bytes) {
  return {reinterpret_cast<const std::byte*>(bytes.data()), bytes.size()};
}
#else
using Binary = pqxx::binarystring;
inline Binary MakeBinary(absl::string_view bytes) { return {bytes.data(), bytes.size()}; }
#endif

template <typename... Args>
pqxx::result ExecPrepared(pqxx::transaction_base& tx, const std::string& name,
                          const Args&... args) {
#if PQXX_VERSION_MAJOR > 7 || (PQXX_VERSION_MAJOR == 7 && PQXX_VERSION_MINOR >= 9)
  return tx.exec(pqxx::prepped{name}, pqxx::params{args...});
#else
  return tx.exec_prepared(name, args...);
#endif
}

}  // namespace bitrade::postgres
