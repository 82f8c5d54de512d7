#include "services/common/rpc/policy_file.h"

#include <sys/stat.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/common/base/status_macros.h"

namespace bitrade::rpc {

absl::StatusOr<std::unique_ptr<PolicyFile>> PolicyFile::Open(std::string file,
                                                             std::string trust_domain) {
  // Looked at before it is read: what is written meanwhile is read in the next round.
  const std::optional<Stamp> stamp = StampOf(file);
  ASSIGN_OR_RETURN(Policy policy, Policy::Load(file));
  auto opened = std::make_unique<PolicyFile>(std::move(policy), std::move(trust_domain));
  opened->file_ = std::move(file);
  opened->read_ = stamp;
  return opened;
}

PolicyFile::PolicyFile(Policy policy, std::string trust_domain)
    : trust_domain_(std::move(trust_domain)),
      policy_(std::make_shared<const Policy>(std::move(policy))) {}

std::optional<PolicyFile::Stamp> PolicyFile::StampOf(const std::string& file) {
  struct stat found;
  if (stat(file.c_str(), &found) != 0) return std::nullopt;
  return Stamp{.device = found.st_dev,
               .inode = found.st_ino,
               .size = found.st_size,
               .modified_ns = found.st_mtim.tv_sec * 1'000'000'000 + found.st_mtim.tv_nsec};
}

std::shared_ptr<const Policy> PolicyFile::InForce() const {
  const std::lock_guard lock(mutex_);
  return policy_;
}

std::string PolicyFile::IdOf(absl::string_view process) const {
  return absl::StrCat("spiffe://", trust_domain_, "/", process);
}

bool PolicyFile::Allows(absl::string_view process, absl::string_view path) const {
  return InForce()->Allows(IdOf(process), path);
}

Reach PolicyFile::ReachOf(absl::string_view process) const {
  return InForce()->ReachOf(IdOf(process));
}

absl::StatusOr<bool> PolicyFile::Reread() {
  const std::optional<Stamp> stamp = StampOf(file_);
  if (stamp == read_) return false;
  read_ = stamp;
  absl::StatusOr<Policy> fresh = Policy::Load(file_);
  broken_ = !fresh.ok();
  if (!fresh.ok()) return fresh.status();
  const auto policy = std::make_shared<const Policy>(*std::move(fresh));
  const std::lock_guard lock(mutex_);
  policy_ = policy;
  ++replaced_;
  return true;
}

}  // namespace bitrade::rpc
