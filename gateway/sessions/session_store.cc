#include "gateway/sessions/session_store.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "gateway/sessions/session_scripts.h"
#include "gateway/transcoding/reasons.h"
#include "services/common/base/clock.h"
#include "services/common/crypto/keyring.h"
#include "services/common/error/error.h"
#include "services/common/redis/pipeline.h"

namespace bitrade::gateway {
namespace {

// What a page that asks for its log-in every second may have asked before the first answer.
constexpr int kMostRows = 4;

std::string MarkOf(const std::string& key) { return absl::StrCat(key, ":rotated"); }

std::string IndexOf(const std::string& person_id) {
  return absl::StrCat("person:", person_id, ":sess");
}

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

std::string SessionStore::IndexSeconds() const {
  return absl::StrCat(absl::ToInt64Seconds(times_.absolute));
}

std::string SessionStore::Sealed(const v1::StoredSession& session, const std::string& key) const {
  return keyring_.Seal(session.SerializeAsString(), key);
}

void SessionStore::Create(const std::string& key, v1::StoredSession session,
                          std::function<void(Ended)> done) {
  session.set_create_time_ms(absl::ToUnixMillis(clock_.TimeNow()));
  redis_.Send({"EVAL", kCreateScript, "2", key, IndexOf(session.person_id()), Sealed(session, key),
               IdleSeconds(), absl::StrCat(session.create_time_ms()), IndexSeconds(),
               absl::StrCat(times_.most), session.session_id(), absl::StrCat(kMostRows)},
              [this, key, session,
               done = std::move(done)](const absl::StatusOr<redis::Reply>& ended) mutable {
                if (!ended.ok()) return done(ended.status());
                std::vector<v1::StoredSession> all = ReadEnded(session.person_id(), *ended);
                session.set_ended_sessions(static_cast<int32_t>(all.size()));
                if (!all.empty()) Replace(key, session);
                done(std::move(all));
              });
}

void SessionStore::Find(const std::string& key, v1::StoredSession& session,
                        std::function<void(absl::Status)> done) {
  Get(key, {"GETEX", key, "EX", IdleSeconds()}, session, std::move(done));
}

void SessionStore::Look(const std::string& key, v1::StoredSession& session,
                        std::function<void(absl::Status)> done) {
  Get(key, {"GET", key}, session, std::move(done));
}

void SessionStore::Get(const std::string& key, std::vector<std::string> command,
                       v1::StoredSession& session, std::function<void(absl::Status)> done) {
  redis_.Send(std::move(command), [this, key, &session,
                                   done = std::move(done)](absl::StatusOr<redis::Reply> reply) {
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
  redis_.Send({"EVAL", kReplaceScript, "2", key, MarkOf(key), Sealed(session, key), IdleSeconds()},
              [](const absl::StatusOr<redis::Reply>& /*the old ticket is renewed again*/) {});
}

void SessionStore::Rotate(Rotation rotation, std::function<void(absl::Status)> done) {
  v1::StoredSession& old = rotation.old;
  old.set_successor(rotation.next_key);
  old.set_context(rotation.context);
  old.set_absolute_expire_time_s(
      std::min(old.absolute_expire_time_s(), absl::ToUnixSeconds(clock_.TimeNow() + kOverlap)));
  redis_.Send({"EVAL", kRotateScript, "4", rotation.key, MarkOf(rotation.key), rotation.next_key,
               IndexOf(old.person_id()), Sealed(old, rotation.key),
               absl::StrCat(absl::ToInt64Seconds(kOverlap)),
               Sealed(rotation.next, rotation.next_key), IdleSeconds(),
               absl::StrCat(rotation.next.create_time_ms()), IndexSeconds(), old.session_id()},
              [done = std::move(done)](const absl::StatusOr<redis::Reply>& rotated) {
                done(OutcomeOf(rotated));
              });
}

void SessionStore::List(const std::string& person_id,
                        std::function<void(absl::StatusOr<std::vector<Seen>>)> done) {
  redis_.Send({"EVAL", kListScript, "1", IndexOf(person_id)},
              [this, person_id, done = std::move(done)](const absl::StatusOr<redis::Reply>& rows) {
                if (!rows.ok()) return done(rows.status());
                done(ReadSeen(person_id, *rows));
              });
}

// A row that is not ours, of somebody else or over is not shown, whatever the index says.
std::vector<SessionStore::Seen> SessionStore::ReadSeen(const std::string& person_id,
                                                       const redis::Reply& rows) {
  const std::vector<absl::string_view> texts = rows.texts();
  std::vector<Seen> all;
  for (size_t i = 0; i + 2 < texts.size(); i += 3) {
    Seen seen{.key = std::string(texts[i])};
    int64_t left = 0;
    if (!absl::SimpleAtoi(texts[i + 2], &left)) continue;
    if (!Read(seen.key, texts[i + 1], seen.session).ok()) continue;
    if (seen.session.person_id() != person_id) continue;
    seen.last_use = clock_.TimeNow() - (times_.idle - absl::Seconds(left));
    all.push_back(std::move(seen));
  }
  return all;
}

// Once each, however many rows a session had.
std::vector<v1::StoredSession> SessionStore::ReadEnded(const std::string& person_id,
                                                       const redis::Reply& rows) {
  const std::vector<absl::string_view> texts = rows.texts();
  std::vector<v1::StoredSession> ended;
  for (size_t i = 0; i + 1 < texts.size(); i += 2) {
    v1::StoredSession session;
    if (!Read(std::string(texts[i]), texts[i + 1], session).ok()) continue;
    const bool known = std::any_of(ended.begin(), ended.end(), [&session](const auto& other) {
      return other.session_id() == session.session_id();
    });
    if (!known && session.person_id() == person_id) ended.push_back(std::move(session));
  }
  return ended;
}

void SessionStore::End(const std::string& key, const v1::StoredSession& session,
                       std::function<void(absl::Status)> done) {
  redis::Command rows{IndexOf(session.person_id()), key};
  for (const std::string& other : {session.successor(), session.predecessor()}) {
    if (!other.empty()) rows.push_back(other);
  }
  redis::Command command{"EVAL", kEndScript, absl::StrCat(rows.size())};
  std::move(rows.begin(), rows.end(), std::back_inserter(command));
  command.push_back(session.session_id());
  redis_.Send(std::move(command), OnlyStatus(std::move(done)));
}

void SessionStore::Drop(const std::string& key, const v1::StoredSession& session) {
  redis_.Send({"EVAL", kDropScript, "3", key, MarkOf(key), IndexOf(session.person_id()),
               session.session_id()},
              [](const absl::StatusOr<redis::Reply>& /*then it ends by itself, unrenewed*/) {});
}

void SessionStore::EndAll(const std::string& person_id, std::function<void(absl::Status)> done) {
  redis_.Send({"EVAL", kEndAllScript, "1", IndexOf(person_id)}, OnlyStatus(std::move(done)));
}

}  // namespace bitrade::gateway
