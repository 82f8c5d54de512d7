#include "gateway/sessions/session_store.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gateway/transcoding/reasons.h"
#include "services/common/base/clock.h"
#include "services/common/crypto/keyring.h"
#include "services/common/error/error.h"
#include "services/common/redis/pipeline.h"

namespace bitrade::gateway {
namespace {

// A row that goes on elsewhere is marked for longer than any renewal takes: without the mark, a
// renewal under way would write the session back under the old token.
constexpr char kRotate[] = R"lua(
    if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
    if redis.call('EXISTS', KEYS[2]) == 1 then return 1 end
    redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
    redis.call('SET', KEYS[2], '', 'EX', 60)
    redis.call('SET', KEYS[3], ARGV[3], 'EX', ARGV[4])
    return 2)lua";
constexpr char kReplace[] = R"lua(
    if redis.call('EXISTS', KEYS[2]) == 1 then return false end
    return redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2], 'XX'))lua";

std::string MarkOf(const std::string& key) { return absl::StrCat(key, ":rotated"); }

absl::Status OutcomeOf(const absl::StatusOr<redis::Reply>& rotated) {
  if (!rotated.ok()) return rotated.status();
  if (rotated->number() == 2) return absl::OkStatus();
  return Refuse(rotated->number() == 1 ? kConflictRetry : kSessionRequired);
}

redis::Pipeline::Done OnlyStatus(std::function<void(absl::Status)> done) {
  return
      [done = std::move(done)](const absl::StatusOr<redis::Reply>& reply) { done(reply.status()); };
}

}  // namespace

std::string SessionStore::IdleSeconds() const {
  return absl::StrCat(absl::ToInt64Seconds(times_.idle));
}

void SessionStore::Create(const std::string& key, const v1::StoredSession& session,
                          std::function<void(absl::Status)> done) {
  redis_.Send(
      {"SET", key, keyring_.Seal(session.SerializeAsString(), key), "EX", IdleSeconds(), "NX"},
      OnlyStatus(std::move(done)));
}

void SessionStore::Find(const std::string& key, v1::StoredSession& session,
                        std::function<void(absl::Status)> done) {
  redis_.Send({"GETEX", key, "EX", IdleSeconds()}, [this, key, &session, done = std::move(done)](
                                                       absl::StatusOr<redis::Reply> reply) {
    if (!reply.ok()) return done(reply.status());
    done(reply->is_nil() ? Refuse(kSessionRequired) : Read(key, reply->text(), session));
  });
}

absl::Status SessionStore::Read(const std::string& key, absl::string_view row,
                                v1::StoredSession& session) {
  const absl::StatusOr<std::string> opened = keyring_.Open(row, key);
  if (!opened.ok() || !session.ParseFromString(*opened)) {
    ++foreign_rows_;
    return Refuse(kSessionRequired);
  }
  const bool over = absl::ToUnixSeconds(clock_.TimeNow()) >= session.absolute_expire_time_s();
  return over ? Refuse(kSessionRequired) : absl::OkStatus();
}

void SessionStore::Replace(const std::string& key, const v1::StoredSession& session) {
  redis_.Send({"EVAL", kReplace, "2", key, MarkOf(key),
               keyring_.Seal(session.SerializeAsString(), key), IdleSeconds()},
              [](const absl::StatusOr<redis::Reply>& /*the old ticket is renewed again*/) {});
}

void SessionStore::Rotate(Rotation rotation, std::function<void(absl::Status)> done) {
  v1::StoredSession& old = rotation.old;
  old.set_successor(rotation.next_key);
  old.set_context(rotation.context);
  old.set_absolute_expire_time_s(
      std::min(old.absolute_expire_time_s(), absl::ToUnixSeconds(clock_.TimeNow() + kOverlap)));
  redis_.Send({"EVAL", kRotate, "3", rotation.key, MarkOf(rotation.key), rotation.next_key,
               keyring_.Seal(old.SerializeAsString(), rotation.key),
               absl::StrCat(absl::ToInt64Seconds(kOverlap)),
               keyring_.Seal(rotation.next.SerializeAsString(), rotation.next_key), IdleSeconds()},
              [done = std::move(done)](const absl::StatusOr<redis::Reply>& rotated) {
                done(OutcomeOf(rotated));
              });
}

void SessionStore::End(const std::string& key, std::function<void(absl::Status)> done) {
  redis_.Send({"DEL", key}, OnlyStatus(std::move(done)));
}

}  // namespace bitrade::gateway
