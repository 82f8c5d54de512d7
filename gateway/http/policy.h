// What a request's head must satisfy beyond the grammar that Boost.Beast checks. Whatever two
// readers of one byte stream could frame differently is refused, with the status that says why.
#pragma once

#include "absl/strings/string_view.h"
#include "gateway/http/limits.h"
#include "gateway/http/message.h"

namespace bitrade::gateway::http {

// Judges a head with its method, headers and version filled in, and its raw request target.
// Returns 0 when it may pass, else the status to refuse it with: 400, 414, 417, 431, 501.
int JudgeHead(const Request& head, absl::string_view target, const Limits& limits);

// Sets path and query from a target that JudgeHead let pass. An absolute target also replaces the
// value of `host`, as RFC 9112 3.2.2 demands.
void ApplyTarget(absl::string_view target, Request& head);

// Tells whether the client waits for "100 Continue" before it sends the body.
bool ExpectsContinue(const Request& head);

}  // namespace bitrade::gateway::http
