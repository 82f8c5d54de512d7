#include "services/common/rpc/ask.h"

#include "absl/strings/cord.h"

namespace bitrade::rpc {
namespace {

constexpr char kPayload[] = "bitrade/ask-first";

}  // namespace

absl::Status AskFirst(const std::string& key) {
  absl::Status status(absl::StatusCode::kUnavailable, "the owner is to be asked");
  status.SetPayload(kPayload, absl::Cord(key));
  return status;
}

std::string AskedKey(const absl::Status& status) {
  const auto payload = status.GetPayload(kPayload);
  return payload ? std::string(*payload) : std::string();
}

}  // namespace bitrade::rpc
