// A browser has one open log-in: who starts anew gives up the one before.
#pragma once

#include "services/common/rpc/use_case.h"
#include "services/identity/logins/store.h"
#include "services/identity/orders/store.h"

namespace bitrade::identity {

// Where log-ins and their orders are kept.
struct LoginStores {
  LoginStore& logins;
  OrderStore& orders;
};

// Stores the end of a locked log-in that is not complete. The collector then cancels its order, if
// it has one.
void SaveEnd(rpc::Changing& changing, const LoginStores& stores, const Login& ended);

// Cancels what the browser has pending.
void GiveUpEarlier(rpc::Changing& changing, const LoginStores& stores, const LoginBrowser& browser);

}  // namespace bitrade::identity
