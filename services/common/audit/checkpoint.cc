#include "services/common/audit/checkpoint.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/common/base/rfc3339.h"
#include "services/common/base/status_macros.h"

namespace bitrade::audit {
namespace {

constexpr absl::Duration kPeriod = absl::Seconds(10);

std::string Statement(const Checkpoint& checkpoint) {
  return absl::StrCat(checkpoint.end.position, " ", absl::BytesToHexString(checkpoint.end.hash),
                      " ", Rfc3339(checkpoint.time, Decimals::kAlways).text());
}

absl::StatusOr<Checkpoint> ParseLine(const std::string& line, const crypto::Verifier& keys) {
  const std::vector<std::string> parts = absl::StrSplit(line, ' ');
  Checkpoint checkpoint;
  std::string error, signature;
  if (parts.size() != 5 || !absl::SimpleAtoi(parts[0], &checkpoint.end.position) ||
      !absl::ParseTime("%Y-%m-%dT%H:%M:%E*S%Ez", parts[2], &checkpoint.time, &error) ||
      !absl::Base64Unescape(parts[4], &signature)) {
    return absl::DataLossError("malformed");
  }
  checkpoint.end.hash = absl::HexStringToBytes(parts[1]);
  if (!keys.Verify(parts[3], Statement(checkpoint), signature)) {
    return absl::DataLossError("not signed by a known key");
  }
  return checkpoint;
}

// One write under O_APPEND, and the sequencer's lock is held: lines of several replicas never mix.
// Half a line, which a full disk leaves, is taken back: it would spoil the next one too.
bool WriteLine(int fd, const std::string& line) {
  const off_t end = lseek(fd, 0, SEEK_END);
  if (end >= 0 && write(fd, line.data(), line.size()) == static_cast<ssize_t>(line.size())) {
    return fdatasync(fd) == 0;
  }
  [[maybe_unused]] const int cut = end < 0 ? -1 : ftruncate(fd, end);
  return false;
}

absl::Status AppendLine(const std::string& file, const std::string& line) {
  const int fd = open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
  if (fd < 0) return absl::UnavailableError(absl::StrCat("cannot open ", file));
  const bool written = WriteLine(fd, line);
  close(fd);
  return written ? absl::OkStatus() : absl::UnavailableError(absl::StrCat("cannot write ", file));
}

}  // namespace

std::string FormatCheckpoint(const Checkpoint& checkpoint, const crypto::Signer& signer) {
  const std::string statement = Statement(checkpoint);
  return absl::StrCat(statement, " ", signer.key_id(), " ",
                      absl::Base64Escape(signer.Sign(statement)), "\n");
}

absl::StatusOr<std::vector<Checkpoint>> ReadCheckpoints(const std::string& file,
                                                        const crypto::Verifier& keys) {
  std::ifstream in(file);
  if (!in) return absl::NotFoundError(absl::StrCat("cannot read ", file));
  std::vector<Checkpoint> checkpoints;
  std::string line;
  while (std::getline(in, line)) {
    absl::StatusOr<Checkpoint> checkpoint = ParseLine(line, keys);
    if (!checkpoint.ok()) {
      return absl::DataLossError(absl::StrCat(
          "line ", checkpoints.size() + 1, " of the checkpoints: ", checkpoint.status().message()));
    }
    checkpoints.push_back(*std::move(checkpoint));
  }
  return checkpoints;
}

absl::StatusOr<int64_t> CheckpointPass::operator()(postgres::Transaction& tx, absl::Time now) {
  if (now < next_) return 0;
  const ChainEnd end = ReadChainEnd(tx);
  if (end.position > written_) {
    RETURN_IF_ERROR(AppendLine(file_, FormatCheckpoint({end, now}, signer_)));
    written_ = end.position;
  }
  next_ = now + kPeriod;
  return 0;
}

}  // namespace bitrade::audit
