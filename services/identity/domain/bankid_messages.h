// What a person reads while BankID works: the vendor's message keys (RFA1 …) with texts in both
// languages.
#pragma once

#include "absl/strings/string_view.h"

namespace bitrade::identity {

// A key of the vendor's list "user messages", and the texts that go with it.
struct BankIdMessage {
  absl::string_view key;
  absl::string_view swedish;
  absl::string_view english;
};

// Returns the message of `key`; RFA22 ("unknown error") for a key that is not in the list.
const BankIdMessage& MessageOf(absl::string_view key);

// What the app shows a person who is asked to log in: which service, and for what.
extern const absl::string_view kLoginIntention;

// The hint of a log-in or signature that failed because the app is too old.
constexpr absl::string_view kAppTooOldHint = "NOT_SUPPORTED_BY_USER_APP";

// RFA22 for an app that is too old for what was asked of it.
extern const BankIdMessage kUpdateApp;

}  // namespace bitrade::identity
