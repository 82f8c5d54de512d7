#include "services/identity/logins/service.h"

#include <utility>

#include "services/common/base/status_macros.h"
#include "services/common/crypto/digest.h"
#include "services/common/rpc/timestamp.h"
#include "services/identity/domain/bankid_order.h"
#include "services/identity/orders/recorder.h"
#include "services/identity/tickets/signed_ticket.h"

namespace bitrade::identity {
namespace {

// An id that cannot be is one that there is not.
absl::StatusOr<LoginId> ReadId(const std::string& text) {
  absl::StatusOr<LoginId> id = LoginId::Parse(text);
  return id.ok() ? id : Refuse(kNotFound);
}

// The code of this second, while there is one to show.
std::string QrAt(const Login& login, const std::optional<BankIdOrder>& order, absl::Time now) {
  const bool pending = AsOf(login, now).state == LoginState::kPending;
  if (!order || !pending || !ShowsQr(login.start, login.hint)) return "";
  return AnimatedQr(order->qr, now - order->receive_time, &crypto::HmacSha256);
}

// A log-in whose order nobody has scanned yet.
Login NewLogin(const Wish& wish, const LoginId& id, absl::Time now) {
  const OrderProgress progress =
      InterpretOrder("pending", "outstandingTransaction", wish.method, wish.start);
  return {.id = id,
          .method = wish.method,
          .start = wish.start,
          .purpose = wish.purpose,
          .hint = progress.hint,
          .message_key = std::string(progress.message.key),
          .create_time = now,
          .completion = std::nullopt};
}

}  // namespace

grpc::ServerUnaryReactor* LoginService::StartLogin(grpc::CallbackServerContext* context,
                                                   const v1::StartLoginRequest* request,
                                                   v1::Login* response) {
  return rpc_.ChangeWith<BankIdOrder>(
      *context, *request, *response,
      [this](const rpc::Outgoing& /*outgoing*/, const auto& asked, auto done) {
        GatherOrder(asked, std::move(done));
      },
      [this](rpc::Changing& changing, const auto& asked, const BankIdOrder& order) {
        return Started(changing, asked, order);
      });
}

void LoginService::GatherOrder(const v1::StartLoginRequest& request,
                               std::function<void(absl::StatusOr<BankIdOrder>)> done) {
  const absl::StatusOr<Wish> wish = FromProto(request);
  if (!wish.ok()) return done(wish.status());
  const AuthRequest order{
      .end_user_ip = wish->end_user_ip,
      .certificate_policies = CertificatePolicies(wish->method, terms_.policies),
      .visible_text = std::string(kLoginIntention),
      .return_url = "",
      .referring_domain = terms_.referring_domain,
      .user_agent = wish->user_agent,
      .device_identifier = wish->device_identifier};
  parts_.bankid.Auth(order, [this, done = std::move(done)](absl::StatusOr<AuthAnswer> answer) {
    if (!answer.ok()) return done(answer.status());
    done(BankIdOrder{std::move(answer->order_ref), std::move(answer->auto_start_token),
                     std::move(answer->qr), parts_.clock.TimeNow()});
  });
}

absl::StatusOr<v1::Login> LoginService::Started(rpc::Changing& changing,
                                                const v1::StartLoginRequest& request,
                                                const BankIdOrder& order) {
  ASSIGN_OR_RETURN(const Wish wish, FromProto(request));
  // A browser has one open order: who starts anew gives up the one before.
  if (const auto earlier = parts_.logins.LockPending(changing.tx(), wish.secret_hash)) {
    const absl::StatusOr<Login> cancelled = Cancel(*earlier, changing.now());
    SaveEnd(changing, cancelled.ok() ? *cancelled : AsOf(*earlier, changing.now()));
  }
  const Login login = NewLogin(wish, changing.NewId<LoginId>(), changing.now());
  parts_.logins.Insert(changing.tx(), login, wish.secret_hash);
  parts_.orders.Insert(changing.tx(), login.id, order, order.receive_time + kCollectEvery);
  changing.Saw(login.id.text());
  return ToProto(login, QrAt(login, order, changing.now()), changing.now());
}

// The collector then cancels the order at BankID.
void LoginService::SaveEnd(rpc::Changing& changing, const Login& ended) {
  parts_.logins.Save(changing.tx(), ended);
  parts_.orders.AskNext(changing.tx(), ended.id, {.due = changing.now(), .failures = 0});
  changing.Saw(ended.id.text());
}

grpc::ServerUnaryReactor* LoginService::GetLogin(grpc::CallbackServerContext* context,
                                                 const v1::GetLoginRequest* request,
                                                 v1::Login* response) {
  return rpc_.Read(*context, *request, *response, [this](rpc::Reading& reading, const auto& asked) {
    return Get(reading, asked);
  });
}

absl::StatusOr<SeenLogin> LoginService::Seen(rpc::Reading& reading, const std::string& id,
                                             const std::string& secret_hash) {
  ASSIGN_OR_RETURN(const LoginId login, ReadId(id));
  ASSIGN_OR_RETURN(std::optional<SeenLogin> seen,
                   parts_.logins.Find(reading.tx(), login, secret_hash));
  if (!seen) return Refuse(kNotFound);
  reading.Saw(id);
  return *std::move(seen);
}

absl::StatusOr<v1::Login> LoginService::Get(rpc::Reading& reading,
                                            const v1::GetLoginRequest& request) {
  ASSIGN_OR_RETURN(const SeenLogin seen, Seen(reading, request.id(), request.secret_hash()));
  return ToProto(seen.login, QrAt(seen.login, seen.order, reading.now()), reading.now());
}

grpc::ServerUnaryReactor* LoginService::CancelLogin(grpc::CallbackServerContext* context,
                                                    const v1::CancelLoginRequest* request,
                                                    v1::Login* response) {
  return rpc_.Change(
      *context, *request, *response,
      [this](rpc::Changing& changing, const auto& asked) { return Cancelled(changing, asked); });
}

absl::StatusOr<v1::Login> LoginService::Cancelled(rpc::Changing& changing,
                                                  const v1::CancelLoginRequest& request) {
  ASSIGN_OR_RETURN(const LoginId id, ReadId(request.id()));
  const auto login = parts_.logins.Lock(changing.tx(), id, request.secret_hash());
  if (!login) return Refuse(kNotFound);
  ASSIGN_OR_RETURN(const Login cancelled, Cancel(*login, changing.now()));
  SaveEnd(changing, cancelled);
  return ToProto(cancelled, "", changing.now());
}

grpc::ServerUnaryReactor* LoginService::TakeUpLogin(grpc::CallbackServerContext* context,
                                                    const v1::TakeUpLoginRequest* request,
                                                    v1::TakeUpLoginResponse* response) {
  return rpc_.Change(
      *context, *request, *response,
      [this](rpc::Changing& changing, const auto& asked) { return TakenUp(changing, asked); });
}

absl::StatusOr<v1::TakeUpLoginResponse> LoginService::TakenUp(
    rpc::Changing& changing, const v1::TakeUpLoginRequest& request) {
  ASSIGN_OR_RETURN(const SeenLogin seen, Seen(changing, request.id(), request.secret_hash()));
  ASSIGN_OR_RETURN(const Completion completion, TakeUp(seen.login, changing.now()));
  changing.Saw(completion.person.text());
  const Ticket ticket = FirstTicket(completion, seen.login.method, changing.now());
  v1::TakeUpLoginResponse response;
  response.set_person_id(completion.person.text());
  response.set_session_id(completion.session.text());
  response.set_ticket(SignTicket(ticket, parts_.signer));
  rpc::SetTime(ticket.expire_time, *response.mutable_ticket_expire_time());
  response.set_method(std::string(Name(ticket.method)));
  rpc::SetTime(ticket.auth_time, *response.mutable_auth_time());
  response.set_name(seen.name);
  return response;
}

}  // namespace bitrade::identity
