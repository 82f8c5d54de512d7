// The seam between socket and parser. Bytes pass through today; TLS belongs here, as records to
// text in FromWire and text to records in ToWire (OpenSSL over memory BIOs). Nothing else of the
// edge reads from or writes to a socket.
#pragma once

#include <sys/socket.h>
#include <sys/uio.h>

#include <cstddef>

#include "absl/strings/string_view.h"

namespace bitrade::gateway::http {

// Returns what the parser shall see of the bytes that a socket gave.
inline absl::string_view FromWire(absl::string_view bytes) { return bytes; }

// Sends the pieces, one after the other, in one call that never blocks. Returns the number of their
// bytes that were taken, or -1 with `errno`.
inline ssize_t ToWire(int fd, iovec* pieces, size_t count) {
  msghdr message{};
  message.msg_iov = pieces;
  message.msg_iovlen = count;
  return ::sendmsg(fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
}

}  // namespace bitrade::gateway::http
