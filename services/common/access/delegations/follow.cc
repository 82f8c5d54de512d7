#include "services/common/access/delegations/follow.h"

#include <memory>
#include <utility>
#include <vector>

#include "bitrade/registry/v1/delegation_service.grpc.pb.h"
#include "services/common/access/delegations/activity_service.h"
#include "services/common/access/delegations/projection.h"
#include "services/common/base/status_macros.h"
#include "services/common/events/consumer.h"

namespace bitrade::access {
namespace {

using events::v1::Event;
using registry::v1::AccessService;
using registry::v1::DelegationAccess;
using registry::v1::GetDelegationAccessRequest;
using Done = std::function<void(absl::StatusOr<std::any>)>;
using Delegations = std::vector<DelegationFacts>;

// What one question has taught: of its subject, and of the delegation.
struct Learnt {
  std::any subject;
  Delegations delegations;
};

Delegations FactsOf(const DelegationAccess& access) {
  Delegations all;
  for (const registry::v1::DelegationFacts& told : access.delegations()) {
    all.push_back({.delegation_id = told.delegation_id(),
                   .principal_id = told.principal_id(),
                   .delegate_id = told.delegate_id(),
                   .scopes = {told.scopes().begin(), told.scopes().end()},
                   .valid_from = absl::FromUnixMicros(told.valid_from_us()),
                   .valid_until = absl::FromUnixMicros(told.valid_until_us()),
                   .active = told.active(),
                   .version = told.version()});
  }
  return all;
}

// Asks registry where the question names a delegate.
class Delegating {
 public:
  explicit Delegating(rpc::Neighbour& registry)
      : registry_(registry), stub_(AccessService::NewStub(registry.channel())) {}

  void Ask(const rpc::Outgoing& outgoing, const Question& question,
           std::function<void(absl::StatusOr<Delegations>)> done) {
    if (question.delegate_id.empty()) return done(Delegations());
    auto request = std::make_shared<GetDelegationAccessRequest>();
    request->set_principal_id(question.principal_id);
    request->set_delegate_id(question.delegate_id);
    registry_.Call<DelegationAccess>(
        outgoing,
        [&](auto* context, auto* response, auto finished) {
          stub_->async()->GetDelegationAccess(context, request.get(), response, finished);
        },
        [request, done = std::move(done)](const absl::StatusOr<DelegationAccess>& access) {
          if (!access.ok()) return done(access.status());
          done(FactsOf(*access));
        });
  }

 private:
  rpc::Neighbour& registry_;
  std::unique_ptr<AccessService::Stub> stub_;
};

// The delegation first, then the subject: what fails first is the answer.
void AskBoth(Delegating& delegating, const rpc::Asker& subjects, const rpc::Outgoing& outgoing,
             const std::string& key, Done done) {
  const Question question = QuestionOf(key);
  delegating.Ask(outgoing, question,
                 [&subjects, outgoing, question,
                  done = std::move(done)](absl::StatusOr<Delegations> delegations) {
                   if (!delegations.ok()) return done(delegations.status());
                   if (question.subject.empty())
                     return done(std::any(Learnt{{}, *std::move(delegations)}));
                   subjects.ask(outgoing, question.subject,
                                [delegations = *std::move(delegations),
                                 done](absl::StatusOr<std::any> subject) {
                                  if (!subject.ok()) return done(subject.status());
                                  done(std::any(Learnt{*std::move(subject), delegations}));
                                });
                 });
}

}  // namespace

void FollowDelegations(rpc::Process& process, const OtherNews& others) {
  process.Serve(std::make_unique<ActivityService>(process.rpc()));
  process.Keep(std::make_shared<events::Consumer>(
      events::ConsumerSpec{
          .source = "registry",
          .conninfo = process.config().database_url,
          .apply = [others](postgres::Transaction& tx, const Event& event) -> absl::Status {
            RETURN_IF_ERROR(ApplyDelegation(tx, event));
            return others.apply ? others.apply(tx, event) : absl::OkStatus();
          },
          .reset =
              [others](postgres::Transaction& tx) {
                ResetDelegations(tx);
                if (others.reset) others.reset(tx);
              }},
      process.To("registry"), process.clock()));
}

rpc::Asker WithDelegations(rpc::Asker subjects, rpc::Neighbour& registry) {
  const auto delegating = std::make_shared<Delegating>(registry);
  const auto others = std::make_shared<const rpc::Asker>(std::move(subjects));
  return {.ask = [delegating, others](
                     const rpc::Outgoing& outgoing, const std::string& key,
                     Done done) { AskBoth(*delegating, *others, outgoing, key, std::move(done)); },
          .apply = [others](postgres::Transaction& tx, const std::any& learnt) -> absl::Status {
            const auto& told = std::any_cast<const Learnt&>(learnt);
            for (const DelegationFacts& facts : told.delegations) Store(tx, facts);
            return told.subject.has_value() ? others->apply(tx, told.subject) : absl::OkStatus();
          }};
}

}  // namespace bitrade::access
