// The policy in force: what its file said when it was last read whole. A file that changes is read
// again without a restart; one that is broken changes nothing but what operations see.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/common/rpc/policy.h"

namespace bitrade::rpc {

// Thread-safe, but for Reread.
class PolicyFile {
 public:
  // Reads `file`, whose principals are of `trust_domain`. Errors: a sentence for the operator; no
  // process starts without a policy.
  static absl::StatusOr<std::unique_ptr<PolicyFile>> Open(std::string file,
                                                          std::string trust_domain);
  // A policy that no file changes, for tests.
  PolicyFile(Policy policy, std::string trust_domain);

  // Tells whether `process` ("gateway", "case-system/journey") may call `path`.
  bool Allows(absl::string_view process, absl::string_view path) const;

  // Returns what the case system `process` may touch now.
  Reach ReachOf(absl::string_view process) const;

  // Reads the file again if it is not the one that was read last; tells whether a new policy is in
  // force. Errors: why the new file is refused, once; the policy before it stays in force. For one
  // thread.
  absl::StatusOr<bool> Reread();

  // Returns the SHA-256 of what is in force, in hexadecimal digits: the trail tells which it was.
  std::string digest() const { return InForce()->digest(); }
  // Tells whether the file that lies there now is not what is in force.
  bool broken() const { return broken_; }
  // Returns how often a new policy has come into force since the start.
  int64_t replaced() const { return replaced_; }

 private:
  // Which file was read: one that is written anew differs in one of them.
  struct Stamp {
    dev_t device;
    ino_t inode;
    off_t size;
    int64_t modified_ns;
    bool operator==(const Stamp&) const = default;
  };
  // Unset for a file that is not there.
  static std::optional<Stamp> StampOf(const std::string& file);

  std::shared_ptr<const Policy> InForce() const;
  std::string IdOf(absl::string_view process) const;

  std::string file_;
  const std::string trust_domain_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Policy> policy_;
  std::optional<Stamp> read_;
  std::atomic<bool> broken_{false};
  std::atomic<int64_t> replaced_{0};
};

}  // namespace bitrade::rpc
