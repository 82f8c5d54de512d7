#include "gateway/logins/login_return.h"

#include <grpcpp/alarm.h>

#include <chrono>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gateway/clients/identity.h"
#include "gateway/logins/login_answer.h"
#include "gateway/logins/login_entry.h"
#include "gateway/transcoding/reasons.h"
#include "services/common/error/error.h"

namespace bitrade::gateway {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Identity asks the provider every two seconds.
constexpr milliseconds kPatience{4500};
constexpr milliseconds kAskEvery{250};
constexpr milliseconds kCallTime{900};
constexpr char kComeAgainSeconds[] = "2";

std::string Fragment(const v1::Login& shown) {
  std::string fragment =
      absl::StrCat("#login=", shown.id(), "&state=", v1::Login::State_Name(shown.state()));
  if (!shown.reason().empty()) absl::StrAppend(&fragment, "&reason=", shown.reason());
  return fragment;
}

}  // namespace

struct LoginReturn::Waiting {
  ExchangePtr exchange;
  identity::v1::Login login;
  steady_clock::time_point end;
  std::unique_ptr<grpc::Alarm> alarm;
};

void LoginReturn::GoOn(const ExchangePtr& exchange, const identity::v1::Login& login) {
  Judge(std::make_shared<Waiting>(
      Waiting{exchange, login, steady_clock::now() + kPatience, nullptr}));
}

void LoginReturn::Judge(const WaitingPtr& waiting) {
  const bool pending = waiting->login.state() == identity::v1::Login::PENDING;
  if (pending && steady_clock::now() < waiting->end) return AskLater(waiting);
  v1::Login shown = ShownLogin(waiting->login, waiting->exchange->language());
  shown.state() == v1::Login::COMPLETE ? Enter(waiting, std::move(shown)) : Send(*waiting, shown);
}

// A new alarm each time: the one before may not have returned from its function. The function lets
// go of what it holds, and that has the alarm.
void LoginReturn::AskLater(const WaitingPtr& waiting) {
  waiting->alarm = std::make_unique<grpc::Alarm>();
  waiting->alarm->Set(std::chrono::system_clock::now() + kAskEvery,
                      [this, held = waiting](bool /*on_time*/) mutable { Ask(std::move(held)); });
}

void LoginReturn::Ask(WaitingPtr waiting) {
  identity::v1::GetLoginRequest asked;
  asked.set_id(waiting->login.id());
  asked.set_secret_hash(SecretHashOf(*waiting->exchange));
  const rpc::Outgoing outgoing = waiting->exchange->OutgoingFor(kCallTime);
  identity_.GetLogin(
      outgoing, std::move(asked),
      [this, waiting = std::move(waiting)](const absl::StatusOr<identity::v1::Login>& login) {
        if (login.ok()) {
          waiting->login = *login;
        } else if (!IsPassing(login.status())) {
          return Refuse(waiting->exchange, login.status());
        }
        Judge(waiting);
      });
}

// The return has counted and counts no second time: who cannot enter now does so by asking again.
void LoginReturn::Enter(const WaitingPtr& waiting, v1::Login shown) {
  v1::Login later = shown;
  ShowPending(later);
  entry_.Enter(waiting->exchange, std::move(shown),
               [this, waiting, later = std::move(later)](const absl::StatusOr<v1::Login>& entered) {
                 if (entered.ok()) return Send(*waiting, *entered);
                 IsPassing(entered.status()) ? Send(*waiting, later)
                                             : Refuse(waiting->exchange, entered.status());
               });
}

void LoginReturn::Send(const Waiting& waiting, const v1::Login& shown) const {
  waiting.exchange->GoTo(absl::StrCat(pages_.Choose(waiting.login.return_page()), Fragment(shown)));
}

void LoginReturn::Refuse(const ExchangePtr& exchange, const absl::Status& refusal) {
  if (IsPassing(refusal)) {
    exchange->AddHeader("Refresh", kComeAgainSeconds);
    return exchange->Refuse(refusal);
  }
  const std::string reason = ReasonOf(refusal);
  exchange->GoTo(absl::StrCat(
      pages_.Choose(""), "#state=FAILED&reason=", reason.empty() ? kInternalError.name : reason));
}

}  // namespace bitrade::gateway
