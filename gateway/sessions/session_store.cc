#include "gateway/sessions/session_store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "gateway/transcoding/reasons.h"
#include "services/common/base/clock.h"
#include "services/common/crypto/keyring.h"
#include "services/common/error/error.h"
#include "services/common/redis/pipeline.h"

namespace bitrade::gateway {
namespace {

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
  redis_.Send(
      {"SET", key, keyring_.Seal(session.SerializeAsString(), key), "EX", IdleSeconds(), "XX"},
      [](const absl::StatusOr<redis::Reply>& /*a row with the old ticket is renewed again*/) {});
}

void SessionStore::End(const std::string& key, std::function<void(absl::Status)> done) {
  redis_.Send({"DEL", key}, OnlyStatus(std::move(done)));
}

}  // namespace bitrade::gateway
