#include "services/identity/logins/give_up.h"

namespace bitrade::identity {

void SaveEnd(rpc::Changing& changing, const LoginStores& stores, const Login& ended) {
  stores.logins.Save(changing.tx(), ended);
  stores.orders.AskNext(changing.tx(), ended.id, {.due = changing.now(), .failures = 0});
  changing.Saw(ended.id.text());
}

void GiveUpEarlier(rpc::Changing& changing, const LoginStores& stores,
                   const LoginBrowser& browser) {
  for (const Login& earlier : stores.logins.LockPending(changing.tx(), browser)) {
    const absl::StatusOr<Login> cancelled = Cancel(earlier, changing.now());
    SaveEnd(changing, stores, cancelled.ok() ? *cancelled : AsOf(earlier, changing.now()));
  }
}

}  // namespace bitrade::identity
