// A log-in as it is shown to a browser.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "bitrade/gateway/v1/login_service.pb.h"
#include "bitrade/identity/v1/login_service.pb.h"
#include "gateway/transcoding/language.h"
#include "services/common/error/error.h"

namespace bitrade::gateway {

// What a person is told who has no place in the register.
extern const Reason kNotInRegister;

// Returns what identity says of a log-in, in one language.
v1::Login ShownLogin(const identity::v1::Login& login, Language language);

// Makes a complete log-in one that is still pending, for a browser to ask again: what was needed to
// enter is down for a moment.
void ShowPending(v1::Login& login);

// Makes it one that failed for `refusal`, a status with a reason.
void ShowFailed(const absl::Status& refusal, Language language, v1::Login& login);

}  // namespace bitrade::gateway
