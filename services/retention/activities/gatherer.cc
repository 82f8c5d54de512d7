#include "services/retention/activities/gatherer.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/common/access/delegations/projection.h"
#include "services/common/base/dates.h"
#include "services/common/base/status_macros.h"
#include "services/common/base/swedish_time.h"
#include "services/common/events/data.h"
#include "services/common/log/log.h"
#include "services/common/rpc/timestamp.h"

namespace bitrade::retention {
namespace {

using events::v1::DelegateActivity;
using events::v1::ListActivitiesRequest;
using events::v1::ListActivitiesResponse;

constexpr char kRegistry[] = "registry";
constexpr char kBulkDownloads[] = "bulk";

std::optional<Action> WhatHappened(const std::string& kind) {
  if (kind == "ACCEPTED") return Action::kDelegationAccepted;
  if (kind == "REVOKED") return Action::kDelegationEnded;
  return std::nullopt;
}

Activity FromProto(const DelegateActivity& told, ActivityId id) {
  const std::string operation(OperationOf(told.rpc()));
  return {.id = std::move(id),
          .counsel = CounselId::Trusted(told.counsel_id()),
          .delegate = PersonId::Trusted(told.delegate_id()),
          .delegation = std::nullopt,
          .action = ActionOf(operation),
          .by = By::kDelegate,
          .operation = operation,
          .object_ids = {told.object_ids().begin(), told.object_ids().end()},
          .time = rpc::ReadTime(told.time())};
}

}  // namespace

Gatherer::Gatherer(ActivityStore& store, const std::vector<TrailSource>& sources,
                   const Clock& clock, IdSource& ids)
    : store_(store), clock_(clock), ids_(ids) {
  for (const TrailSource& source : sources) {
    sources_.push_back({source.name, source.neighbour,
                        events::v1::ActivityService::NewStub(source.neighbour.channel()), ""});
  }
}

void Gatherer::Round(postgres::Connection& connection) {
  for (Source& source : sources_) {
    const absl::Status status = Gather(connection, source);
    const std::string code = status.ok() ? "" : absl::StatusCodeToString(status.code());
    if (code != source.told && !status.ok()) {
      log::Write(log::Level::kWarning, "activities wait", clock_.TimeNow(),
                 {{"source", source.name}, {"code", code}});
    }
    source.told = code;
  }
}

absl::Status Gatherer::Gather(postgres::Connection& connection, Source& source) {
  for (bool more = true; more;) {
    ASSIGN_OR_RETURN(more, Step(connection, source));
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> Gatherer::Step(postgres::Connection& connection, Source& source) {
  ASSIGN_OR_RETURN(const Gathered from,
                   connection.Transact([&](postgres::Transaction& tx) -> absl::StatusOr<Gathered> {
                     return store_.Lock(tx, source.name);
                   }));
  ListActivitiesRequest request;
  request.set_stream_id(from.stream_id);
  request.set_after(from.position);
  ASSIGN_OR_RETURN(const ListActivitiesResponse news,
                   source.neighbour.CallAndWait<ListActivitiesResponse>(
                       {.request_id = ids_.NewUuid(clock_.TimeNow())},
                       [&](auto* context, auto* answer, auto finished) {
                         source.stub->async()->ListActivities(context, &request, answer, finished);
                       }));
  if (news.activities().empty()) return false;
  RETURN_IF_ERROR(connection.Transact([&](postgres::Transaction& tx) -> absl::Status {
    Take(tx, source, from, news);
    return absl::OkStatus();
  }));
  return true;
}

void Gatherer::Take(postgres::Transaction& tx, const Source& source, const Gathered& from,
                    const ListActivitiesResponse& news) {
  // Another replica was quicker.
  if (!(store_.Lock(tx, source.name) == from)) return;
  for (const DelegateActivity& told : news.activities()) {
    const Activity activity = FromProto(told, ids_.New<ActivityId>(rpc::ReadTime(told.time())));
    store_.Keep(tx, {source.name, told.seal()}, activity);
    if (activity.action == Action::kDownloaded) NoticeBulk(tx, activity);
  }
  store_.Move(tx, source.name, {news.stream_id(), news.activities().rbegin()->position()});
}

void Gatherer::NoticeBulk(postgres::Transaction& tx, const Activity& download) {
  std::vector<std::string> documents = store_.BulkOf(tx, download);
  if (documents.empty()) return;
  Activity notice = download;
  notice.id = ids_.New<ActivityId>(download.time);
  notice.action = Action::kBulkDownload;
  notice.operation.clear();
  notice.object_ids = std::move(documents);
  store_.Keep(tx,
              {kBulkDownloads, absl::StrCat(download.counsel.text(), "/", download.delegate.text(),
                                            "/", FormatDate(SwedishDay(download.time)))},
              notice);
}

absl::Status Gatherer::Apply(postgres::Transaction& tx, const events::v1::Event& event) {
  RETURN_IF_ERROR(access::ApplyDelegation(tx, event));
  if (event.aggregate() == "delegate_log_in") {
    TakeLogIn(tx, event);
  } else {
    TakeDelegation(tx, event);
  }
  return absl::OkStatus();
}

void Gatherer::TakeLogIn(postgres::Transaction& tx, const events::v1::Event& event) {
  const auto text = [&](const char* name) { return events::DataText(event, name); };
  const absl::Time time = rpc::ReadTime(event.time());
  store_.Keep(tx, {kRegistry, absl::StrCat("log-in/", event.aggregate_id())},
              {.id = ids_.New<ActivityId>(time),
               .counsel = CounselId::Trusted(text("principal")),
               .delegate = PersonId::Trusted(text("delegate")),
               .delegation = DelegationId::Trusted(text("delegation")),
               .action = event.kind() == "FIRST_LOG_IN" ? Action::kFirstLogIn : Action::kNewBrowser,
               .operation = "",
               .object_ids = {text("delegation")},
               .time = time});
}

void Gatherer::TakeDelegation(postgres::Transaction& tx, const events::v1::Event& event) {
  const std::optional<access::DelegationFacts> facts = access::DelegationFactsOf(event);
  const std::optional<Action> action = WhatHappened(event.kind());
  // A snapshot tells how things are, not who did what.
  if (!facts || !action || event.actor().empty()) return;
  const absl::Time time = rpc::ReadTime(event.time());
  Activity activity{.id = ids_.New<ActivityId>(time),
                    .counsel = CounselId::Trusted(facts->principal_id),
                    .delegate = PersonId::Trusted(facts->delegate_id),
                    .delegation = DelegationId::Trusted(facts->delegation_id),
                    .action = *action,
                    .operation = "",
                    .object_ids = {facts->delegation_id},
                    .time = time};
  activity.by = WhoActed(event.actor(), activity.counsel, activity.delegate);
  store_.Keep(tx, {kRegistry, absl::StrCat(facts->delegation_id, "/", facts->version)}, activity);
}

}  // namespace bitrade::retention
