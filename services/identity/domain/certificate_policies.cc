#include "services/identity/domain/certificate_policies.h"

namespace bitrade::identity {
namespace {

struct Kinds {
  const char* file;
  const char* card;
  const char* mobile;
};

constexpr Kinds kProduction{"1.2.752.78.1.1", "1.2.752.78.1.2", "1.2.752.78.1.5"};
constexpr Kinds kTest{"1.2.3.4.5", "1.2.3.4.10", "1.2.3.4.25"};

}  // namespace

std::vector<std::string> CertificatePolicies(Method method, PolicySet set) {
  const Kinds& kinds = set == PolicySet::kProduction ? kProduction : kTest;
  switch (method) {
    case Method::kBankId:
      return {kinds.file, kinds.card};
    case Method::kMobileBankId:
      return {kinds.mobile};
    case Method::kTelia:
      return {};
  }
  return {};
}

}  // namespace bitrade::identity
