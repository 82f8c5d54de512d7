#include "services/identity/bankid/client.h"

#include <utility>

#include "services/common/base/status_macros.h"
#include "services/identity/bankid/errors.h"

namespace bitrade::identity {
namespace {

constexpr long kHttpOk = 200;

// The body of an answer 200, else what refuses.
absl::StatusOr<std::string> BodyOf(BankIdCall call, const absl::StatusOr<HttpReply>& reply) {
  if (!reply.ok()) return RefusalOf(reply.status());
  if (reply->status != kHttpOk) return RefusalOf(call, *reply);
  return reply->body;
}

template <typename Answer>
absl::StatusOr<Answer> Read(BankIdCall call, const absl::StatusOr<HttpReply>& reply,
                            absl::StatusOr<Answer> (*parse)(absl::string_view)) {
  ASSIGN_OR_RETURN(const std::string body, BodyOf(call, reply));
  absl::StatusOr<Answer> answer = parse(body);
  if (!answer.ok()) return RefusalOf(answer.status());
  return answer;
}

}  // namespace

absl::StatusOr<std::unique_ptr<BankIdClient>> BankIdClient::Start(const BankIdEndpoint& endpoint) {
  ASSIGN_OR_RETURN(std::unique_ptr<Poster> poster, Poster::Start(endpoint));
  return std::unique_ptr<BankIdClient>(new BankIdClient(std::move(poster)));
}

void BankIdClient::Auth(const AuthRequest& request, AuthDone done) {
  poster_->Post("/auth", AuthJson(request),
                [done = std::move(done)](const absl::StatusOr<HttpReply>& reply) {
                  done(Read(BankIdCall::kAuth, reply, &ParseAuthAnswer));
                });
}

void BankIdClient::Sign(const SignRequest& request, AuthDone done) {
  poster_->Post("/sign", SignJson(request),
                [done = std::move(done)](const absl::StatusOr<HttpReply>& reply) {
                  done(Read(BankIdCall::kAuth, reply, &ParseAuthAnswer));
                });
}

void BankIdClient::Collect(absl::string_view order_ref, CollectDone done) {
  poster_->Post("/collect", OrderJson(order_ref),
                [done = std::move(done)](const absl::StatusOr<HttpReply>& reply) {
                  done(Read(BankIdCall::kCollect, reply, &ParseCollectAnswer));
                });
}

void BankIdClient::Cancel(absl::string_view order_ref, CancelDone done) {
  poster_->Post("/cancel", OrderJson(order_ref),
                [done = std::move(done)](const absl::StatusOr<HttpReply>& reply) {
                  done(BodyOf(BankIdCall::kCancel, reply).status());
                });
}

}  // namespace bitrade::identity
