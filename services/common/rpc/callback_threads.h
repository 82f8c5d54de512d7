// gRPC's threads for callbacks live as long as somebody uses them. In gRPC 1.51 the last user must
// not let go on one of these threads: it would wait for itself and free the queue under its own
// feet. And the last user often does, as a finished call holds its channel until its callback is
// destroyed.
#pragma once

namespace bitrade::rpc {

// Uses the callback threads until the process ends. Whoever makes channels or servers calls it
// first; once or often.
void HoldCallbackThreads();

}  // namespace bitrade::rpc
