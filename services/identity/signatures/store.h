// Keeps signatures: what was asked of whom, and how it ended. A person sees her own alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/common/crypto/keyring.h"
#include "services/common/postgres/transaction.h"
#include "services/identity/domain/signature.h"
#include "services/identity/orders/store.h"

namespace bitrade::identity {

// What a person is to sign, and the browser in which that was asked for.
struct ToSign {
  std::string visible_text;
  std::string manifest;
  std::string address;
  std::string user_agent;
  std::string device_identifier;
};

// A signature as its person sees it.
struct SeenSignature {
  Signature signature;
  std::optional<BankIdOrder> order;  // while the provider has one
  std::string visible_text;          // of a pending confirmation: the page shows it, no app
};

class SignatureStore {
 public:
  // `keyring` must outlive the store.
  explicit SignatureStore(const crypto::Keyring& keyring) : keyring_(keyring) {}

  // Enters a signature. Returns whether it did: not when there is one with its id, nor for a person
  // that there is not.
  bool Insert(postgres::Transaction& tx, const Signature& signature, const ToSign& to_sign);

  // Returns a person's own signature. Errors: SEAL_BROKEN.
  absl::StatusOr<std::optional<SeenSignature>> FindOwn(postgres::Transaction& tx,
                                                       const SignatureId& id,
                                                       const PersonId& person);

  // Returns a signature whoever makes it, for its owner.
  std::optional<Signature> Find(postgres::Transaction& tx, const SignatureId& id);

  // The same, locked until the transaction ends.
  std::optional<Signature> Lock(postgres::Transaction& tx, const SignatureId& id);

  // Locks all that a person has pending and has not given up.
  std::vector<Signature> LockOpen(postgres::Transaction& tx, const PersonId& person);

  // Returns what is to be signed, while it is pending. Errors: SEAL_BROKEN.
  absl::StatusOr<std::optional<ToSign>> FindToSign(postgres::Transaction& tx,
                                                   const SignatureId& id);

  // Returns the address from which a pending signature was asked for; "" for a confirmation.
  // Errors: SEAL_BROKEN.
  absl::StatusOr<std::string> AddressOf(postgres::Transaction& tx, const SignatureId& id);

  // Returns the nonce of a signature's return address: the same each time, and nobody else can make
  // it.
  std::string ReturnNonce(const SignatureId& id) const;

  // Tells whether `nonce` is that of a signature, under any of our keys.
  bool IsReturnNonce(const SignatureId& id, absl::string_view nonce) const;

  // Stores how a locked signature has moved. What ended without a proof loses its text and
  // manifest, unless nobody can say whether it was signed.
  void Save(postgres::Transaction& tx, const Signature& signature);

 private:
  const crypto::Keyring& keyring_;
};

}  // namespace bitrade::identity
