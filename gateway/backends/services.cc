#include "gateway/backends/services.h"

#include <google/protobuf/descriptor.h>

#include "bitrade/appointments/v1/appointment_service.pb.h"
#include "bitrade/appointments/v1/availability_service.pb.h"
#include "bitrade/billing/v1/calculation_service.pb.h"
#include "bitrade/billing/v1/cost_statement_service.pb.h"
#include "bitrade/documents/v1/document_service.pb.h"
#include "bitrade/gateway/v1/confirmation_service.pb.h"
#include "bitrade/gateway/v1/content_service.pb.h"
#include "bitrade/gateway/v1/documentation_service.pb.h"
#include "bitrade/gateway/v1/login_service.pb.h"
#include "bitrade/gateway/v1/session_service.pb.h"
#include "bitrade/gateway/v1/signature_return_service.pb.h"
#include "bitrade/gateway/v1/telia_login_service.pb.h"
#include "bitrade/identity/v1/signature_service.pb.h"
#include "bitrade/registry/v1/counsel_service.pb.h"
#include "bitrade/registry/v1/delegation_service.pb.h"
#include "bitrade/registry/v1/guide_service.pb.h"
#include "bitrade/registry/v1/payout_account_service.pb.h"
#include "bitrade/registry/v1/support_ticket_service.pb.h"
#include "bitrade/retention/v1/activity_service.pb.h"

namespace bitrade::gateway {
namespace {

// The services are those of the file of `Message`: naming it by its type links the file in.
template <typename Message>
void Add(const std::string& process, std::vector<Served>& all) {
  const google::protobuf::FileDescriptor& file = *Message::descriptor()->file();
  for (int i = 0; i < file.service_count(); ++i) all.push_back({process, file.service(i)});
}

}  // namespace

std::vector<Served> AllServices() {
  std::vector<Served> all;
  Add<v1::GetApiInfoRequest>("", all);
  Add<v1::CreateConfirmationRequest>("", all);
  Add<v1::GetContentRequest>("", all);
  Add<v1::GetLoginRequest>("", all);
  Add<v1::GetSessionRequest>("", all);
  Add<v1::ReturnFromTeliaRequest>("", all);
  Add<v1::ReturnFromSigningRequest>("", all);
  Add<identity::v1::GetSignatureRequest>("identity", all);
  Add<registry::v1::GetCounselRequest>("registry", all);
  Add<registry::v1::GetDelegationRequest>("registry", all);
  Add<registry::v1::GetGuideRequest>("registry", all);
  Add<registry::v1::GetPayoutAccountRequest>("registry", all);
  Add<registry::v1::CreateSupportTicketRequest>("registry", all);
  Add<appointments::v1::GetAppointmentRequest>("appointments", all);
  Add<appointments::v1::GetAvailabilityRequest>("appointments", all);
  Add<documents::v1::GetDocumentRequest>("documents", all);
  Add<billing::v1::CreateCostCalculationRequest>("billing", all);
  Add<billing::v1::GetCostStatementRequest>("billing", all);
  Add<retention::v1::ListActivitiesRequest>("retention", all);
  return all;
}

}  // namespace bitrade::gateway
