#include "services/identity/logins/service.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "services/common/base/status_macros.h"
#include "services/common/crypto/digest.h"
#include "services/common/rpc/timestamp.h"
#include "services/identity/domain/bankid_launch.h"
#include "services/identity/domain/bankid_order.h"
#include "services/identity/logins/give_up.h"
#include "services/identity/logins/start_note.h"
#include "services/identity/logins/trail.h"
#include "services/identity/orders/recorder.h"
#include "services/identity/tickets/signed_ticket.h"

namespace bitrade::identity {
namespace {

constexpr size_t kNonceBytes = 32;

// An id that cannot be is one that there is not.
absl::StatusOr<LoginId> ReadId(const std::string& text) {
  absl::StatusOr<LoginId> id = LoginId::Parse(text);
  return id.ok() ? id : Refuse(kNotFound);
}

// The code of this second or the link, while there is one to show: never both.
Opening OpeningAt(const Login& login, const std::optional<BankIdOrder>& order, absl::Time now) {
  Opening opening;
  if (!order || AsOf(login, now).state != LoginState::kPending) return opening;
  if (ShowsQr(login.start, login.hint)) {
    opening.qr = AnimatedQr(order->qr, now - order->receive_time, &crypto::HmacSha256);
  } else if (ShowsLink(login.start, login.hint)) {
    opening.launch_url = LaunchUrl(login.method, order->auto_start_token);
  }
  return opening;
}

// A log-in whose order no app has yet.
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
          .completion = std::nullopt,
          .return_time = std::nullopt,
          .return_page = wish.return_page};
}

// Whose session begins, and on which proof.
void NoteTakenUp(rpc::Changing& changing, const Login& login, absl::string_view address) {
  changing.Saw(login.completion->person.text());
  changing.Saw(login.completion->session.text());
  changing.Note(ProofKind(login.method), login.completion->certificate_policy);
  changing.Note(audit::Circumstance::kPurpose, Name(login.purpose));
  changing.Note(audit::Circumstance::kAddress, address);
}

std::string NewNonce(Start start) {
  return NeedsReturn(start) ? absl::WebSafeBase64Escape(crypto::RandomBytes(kNonceBytes)) : "";
}

}  // namespace

grpc::ServerUnaryReactor* LoginService::StartLogin(grpc::CallbackServerContext* context,
                                                   const v1::StartLoginRequest* request,
                                                   v1::Login* response) {
  return rpc_.ChangeWith<BegunLogin>(
      *context, *request, *response,
      [this](const rpc::Outgoing& /*outgoing*/, const auto& asked, auto done) {
        GatherOrder(asked, std::move(done));
      },
      [this](rpc::Changing& changing, const auto& asked, const BegunLogin& begun) {
        return Started(changing, asked, begun);
      });
}

void LoginService::GatherOrder(const v1::StartLoginRequest& request,
                               std::function<void(absl::StatusOr<BegunLogin>)> done) {
  const absl::StatusOr<Wish> wish = FromProto(request);
  if (!wish.ok()) return done(wish.status());
  if (wish->method == Method::kTelia) return done(Refuse(kLoginMethodUnavailable));
  const std::string nonce = NewNonce(wish->start);
  const AuthRequest order{
      .end_user_ip = wish->browser.address,
      .certificate_policies = CertificatePolicies(wish->method, terms_.policies),
      .visible_text = std::string(kLoginIntention),
      .return_url = nonce.empty() ? "" : LoginReturnUrl(terms_.public_base, nonce),
      .referring_domain = terms_.referring_domain,
      .user_agent = wish->user_agent,
      .device_identifier = wish->device_identifier};
  parts_.bankid.Auth(order, [this, nonce,
                             done = std::move(done)](absl::StatusOr<AuthAnswer> answer) {
    if (!answer.ok()) return done(BegunLogin{answer.status(), nonce});
    done(BegunLogin{BankIdOrder{std::move(answer->order_ref), std::move(answer->auto_start_token),
                                std::move(answer->qr), parts_.clock.TimeNow()},
                    nonce});
  });
}

absl::StatusOr<v1::Login> LoginService::Started(rpc::Changing& changing,
                                                const v1::StartLoginRequest& request,
                                                const BegunLogin& begun) {
  ASSIGN_OR_RETURN(Wish wish, FromProto(request));
  NoteStart(changing, wish, begun.order.status());
  ASSIGN_OR_RETURN(const BankIdOrder order, begun.order);
  if (!begun.nonce.empty()) wish.browser.nonce_hash = crypto::Sha256(begun.nonce);
  GiveUpEarlier(changing, {parts_.logins, parts_.orders}, wish.browser);
  const Login login = NewLogin(wish, changing.NewId<LoginId>(), changing.now());
  if (!parts_.logins.Insert(changing.tx(), login, wish.browser)) {
    parts_.bankid.Cancel(order.order_ref, [](const absl::Status& /*it expires by itself*/) {});
    return Refuse(kLoginStartedTwice);
  }
  parts_.orders.Insert(changing.tx(), login.id, order, order.receive_time + kCollectEvery);
  changing.Saw(login.id.text());
  changing.Note(audit::Circumstance::kOrderId, order.order_ref);
  return ToProto(login, OpeningAt(login, order, changing.now()), changing.now());
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
  return ToProto(seen.login, OpeningAt(seen.login, seen.order, reading.now()), reading.now());
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
  SaveEnd(changing, {parts_.logins, parts_.orders}, cancelled);
  return ToProto(cancelled, {}, changing.now());
}

grpc::ServerUnaryReactor* LoginService::ReturnLogin(grpc::CallbackServerContext* context,
                                                    const v1::ReturnLoginRequest* request,
                                                    v1::Login* response) {
  return rpc_.Change(
      *context, *request, *response,
      [this](rpc::Changing& changing, const auto& asked) { return Returned(changing, asked); });
}

absl::StatusOr<v1::Login> LoginService::Returned(rpc::Changing& changing,
                                                 const v1::ReturnLoginRequest& request) {
  const auto login = parts_.logins.LockReturning(changing.tx(), request.secret_hash(),
                                                 crypto::Sha256(request.nonce()));
  if (!login) return Refuse(kLoginReturnRefused);
  ASSIGN_OR_RETURN(const Login returned, Return(*login, changing.now()));
  parts_.logins.Save(changing.tx(), returned);
  changing.Saw(returned.id.text());
  return ToProto(returned, {}, changing.now());
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
  NoteTakenUp(changing, seen.login, request.end_user_ip());
  const Revocation revocation =
      parts_.revocations.Find(changing.tx(), {completion.person, completion.session});
  const Ticket first = FirstTicket(completion, seen.login.method, changing.now());
  changing.Note(audit::Circumstance::kWhy, WhyOver(first, revocation, changing.now()));
  ASSIGN_OR_RETURN(const Ticket ticket, Renew(first, revocation, changing.now()));
  v1::TakeUpLoginResponse response;
  response.set_person_id(completion.person.text());
  response.set_session_id(completion.session.text());
  response.set_ticket(SignTicket(ticket, parts_.signer));
  rpc::SetTime(ticket.expire_time, *response.mutable_ticket_expire_time());
  response.set_method(std::string(Name(ticket.method)));
  rpc::SetTime(ticket.auth_time, *response.mutable_auth_time());
  response.set_name(seen.name);
  response.set_purpose(std::string(Name(seen.login.purpose)));
  return response;
}

}  // namespace bitrade::identity
