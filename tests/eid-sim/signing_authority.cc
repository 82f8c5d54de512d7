#include "tests/eid-sim/signing_authority.h"

#include <openssl/x509v3.h>

#include <array>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"

namespace bitrade::eidsim {
namespace {

using Extensions = std::vector<std::pair<int, std::string>>;
using Subject = std::vector<std::pair<std::string, std::string>>;

constexpr char kBank[] = "Testbank A AB (publ)";
constexpr char kBankNumber[] = "1111111111";
constexpr size_t kPersonalKeys = 4;

// A tests' clock may stand anywhere between these days.
absl::Time DayStart(absl::CivilDay day) { return absl::FromCivil(day, absl::UTCTimeZone()); }
const absl::Time kBegin = DayStart(absl::CivilDay(2022, 8, 9));
const absl::Time kEnd = DayStart(absl::CivilDay(2049, 12, 31));
const absl::Time kExpired = DayStart(absl::CivilDay(2023, 8, 9));

absl::string_view WordsOf(absl::string_view kind) {
  if (kind == "file") return "BankID på fil";
  return kind == "card" ? "BankID på kort" : "Mobilt BankID";
}

CertificateDraft CaDraft(Subject subject) {
  return {std::move(subject),
          kBegin,
          kEnd,
          {{NID_subject_key_identifier, "hash"},
           {NID_basic_constraints, "critical,CA:TRUE"},
           {NID_key_usage, "critical,keyCertSign,cRLSign"}}};
}

CertificateDraft BankDraft(absl::string_view name) {
  CertificateDraft draft = CaDraft(
      {{"C", "SE"}, {"O", kBank}, {"serialNumber", kBankNumber}, {"CN", std::string(name)}});
  draft.extensions.emplace_back(NID_authority_key_identifier, "keyid");
  return draft;
}

CertificateDraft HolderDraft(const Holder& holder) {
  return {{{"C", "SE"},
           {"O", kBank},
           {"SN", holder.surname},
           {"GN", holder.given_name},
           {"serialNumber", holder.personal_number},
           {"name", absl::StrCat("(220809 12.00) ", holder.name, " - ", WordsOf(holder.kind))},
           {"CN", holder.name}},
          kBegin,
          holder.expired ? kExpired : kEnd,
          {{NID_subject_key_identifier, "hash"},
           {NID_authority_key_identifier, "keyid"},
           {NID_key_usage, "critical,digitalSignature"},
           {NID_certificate_policies, holder.policy},
           {NID_info_access, "OCSP;URI:http://ocsp.testbank.example"}}};
}

CertificateDraft ResponderDraft(Extensions usage) {
  CertificateDraft draft{{{"C", "SE"}, {"O", kBank}, {"CN", "Testbank A OCSP Responder"}},
                         kBegin,
                         kEnd,
                         std::move(usage)};
  draft.extensions.emplace_back(NID_key_usage, "critical,digitalSignature");
  draft.extensions.emplace_back(NID_id_pkix_OCSP_noCheck, "ignored");
  return draft;
}

}  // namespace

absl::string_view PolicyOf(absl::string_view kind) {
  if (kind == "file") return "1.2.3.4.5";
  if (kind == "card") return "1.2.3.4.10";
  return kind == "mobile" ? "1.2.3.4.25" : "";
}

Credential NewSigningRoot() {
  return SelfSigned(CaDraft({{"O", "Finansiell ID-Teknik BID AB"},
                             {"OU", "BankID Member Banks CA"},
                             {"CN", "Simulated BankID Root CA v1"}}),
                    NewRsaKey());
}

struct SigningAuthority::World {
  explicit World(Credential trusted) : root(std::move(trusted)) {}

  // Of the few that persons have in turn. To make one takes a tenth of a second, which a relying
  // party would wait for that asks for the first time about somebody: on a slow machine, with many
  // at once, for longer than it does.
  Key KeyOfNext() { return KeyAt(persons.size() % keys.size()); }

  Key KeyAt(size_t place) {
    if (!keys[place]) keys[place] = NewRsaKey();
    return keys[place];
  }

  Credential root;
  Credential bank_ca = IssuedBy(root, BankDraft("Testbank A CA v1 for BankID"), NewRsaKey());
  Credential customer_ca =
      IssuedBy(bank_ca, BankDraft("Testbank A Customer CA1 v1 for BankID"), NewRsaKey());
  std::optional<Credential> responder;
  std::optional<Credential> unfit_responder;
  std::map<std::tuple<std::string, std::string, std::string, bool>, Credential> persons;
  std::array<Key, kPersonalKeys> keys;
};

SigningAuthority::SigningAuthority(std::optional<Credential> root) : root_(std::move(root)) {}

SigningAuthority::World& SigningAuthority::Ready() {
  if (!world_) world_ = std::make_shared<World>(root_ ? *root_ : NewSigningRoot());
  return *world_;
}

void SigningAuthority::Prepare() {
  Responder();
  for (size_t place = 0; place < kPersonalKeys; ++place) {
    const std::lock_guard lock(mutex_);
    Ready().KeyAt(place);
  }
}

std::string SigningAuthority::RootPem() {
  const std::lock_guard lock(mutex_);
  return PemOf(*Ready().root.certificate);
}

SigningChain SigningAuthority::ChainFor(const Holder& holder) {
  const std::lock_guard lock(mutex_);
  World& world = Ready();
  Credential& person = world.persons[{absl::StrCat(holder.personal_number, " ", holder.name),
                                      holder.kind, holder.policy, holder.expired}];
  if (!person.key) person = IssuedBy(world.customer_ca, HolderDraft(holder), world.KeyOfNext());
  return {person, world.customer_ca.certificate, world.bank_ca.certificate};
}

Credential SigningAuthority::Responder() {
  const std::lock_guard lock(mutex_);
  World& world = Ready();
  if (!world.responder) {
    world.responder = IssuedBy(world.customer_ca,
                               ResponderDraft({{NID_ext_key_usage, "OCSPSigning"}}), NewRsaKey());
  }
  return *world.responder;
}

Credential SigningAuthority::UnfitResponder() {
  const std::lock_guard lock(mutex_);
  World& world = Ready();
  if (!world.unfit_responder) {
    world.unfit_responder = IssuedBy(
        world.customer_ca, ResponderDraft({{NID_ext_key_usage, "clientAuth"}}), NewRsaKey());
  }
  return *world.unfit_responder;
}

}  // namespace bitrade::eidsim
