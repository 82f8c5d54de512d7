"""How each operation is asked of an object: a request that whoever is allowed to gets through. `thing` is the object, with the ids it has;
`caller` is who asks, `scene` whoever makes things."""

import base64
import uuid

from tests.e2e import people
from tests.integration.harness import day, source

NOBODY = "0190f5a2-7c3e-7b1d-8f00-00000000000a"
BROWSER = {"address": "192.0.2.1", "userAgent": "test", "deviceIdentifier": "test"}
BANKGIRO = {"kind": "BANKGIRO", "number": "5402-9681"}
SIGNING = {"method": "MOBILE_BANKID", "start": "OTHER_DEVICE"}
A, B, D, E = "bitrade.appointments.v1", "bitrade.billing.v1", "bitrade.documents.v1", "bitrade.events.v1"
G, I, R, T = "bitrade.gateway.v1", "bitrade.identity.v1", "bitrade.registry.v1", "bitrade.retention.v1"


def key():
    return str(uuid.uuid4())


def secret():
    return base64.b64encode(uuid.uuid4().bytes * 2).decode()


def matter():
    return {"sourceId": source(), "matterNumber": people.matter_number(), "category": "ASYLUM_ADULT", "authority": "MIGRATION_AGENCY",
            "instance": "FIRST", "handling": "DIGITAL", "applicants": [people.applicant()]}


def nothing(thing, caller, scene):
    return {}


def of(name, field):
    """A request whose only member is an id of the thing."""
    return lambda thing, caller, scene: {name: thing.get(field, NOBODY)}


def unknown(name="id", **more):
    return lambda thing, caller, scene: {name: NOBODY, **{member: value() for member, value in more.items()}}


def statement(thing, **more):
    return {"id": thing["statement"], "etag": thing["statement_etag"], **more}


def delegation(thing, **more):
    return {"id": thing["delegation"], "etag": thing["delegation_etag"], **more}


def change(thing, **more):
    return {"id": thing["change"], "etag": thing["change_etag"], **more}


REQUESTS = {
    # appointments
    f"{A}.AppointmentService/ListAppointments": nothing,
    f"{A}.AppointmentService/GetAppointment": of("id", "appointment"),
    f"{A}.AccessService/GetAppointmentAccess": of("appointmentId", "appointment"),
    f"{A}.AvailabilityService/GetAvailability": nothing,
    f"{A}.AvailabilityService/UpdateAvailability": lambda thing, caller, scene: {
        "status": "TAKES_NEW", "etag": scene.availability_etag(caller)},
    f"{A}.MatterAgencyService/RegisterMatter": lambda thing, caller, scene: matter(),
    f"{A}.MatterAgencyService/RaiseProtection": lambda thing, caller, scene: {
        "applicantId": thing["applicant"], "protectionLevel": "SECRECY_MARKER", "agencyChannel": "asylprovningen.malmo@agency.example"},
    f"{A}.MatterAgencyService/RecordDecision": lambda thing, caller, scene: {
        "sourceId": source(), "matterId": thing["matter"], "applicantId": thing["applicant"], "kind": "COMPENSATION", "decidedDate": day(-5)},
    f"{A}.MatterAgencyService/RecordService": lambda thing, caller, scene: {
        "decisionId": thing["decision"], "serviceDate": day(-1), "serviceMethod": "ORDINARY"},
    f"{A}.MatterAgencyService/RecordLegalForce": lambda thing, caller, scene: {"decisionId": thing["decision"], "legalForceDate": day(-1)},
    f"{A}.MatterAgencyService/RecordAppealHandOver": lambda thing, caller, scene: {
        "decisionId": thing["decision"], "appealHandedOverDate": day(-1)},
    f"{A}.MatterAgencyService/RecordConflictOfInterest": lambda thing, caller, scene: {
        "sourceId": source(), "matterId": thing["matter"], "applicantId": thing["applicant"], "opposedApplicantId": thing["free_applicant"]},
    f"{A}.MatterAgencyService/WithdrawConflictOfInterest": of("id", "conflict"),
    f"{A}.AppointmentAgencyService/Appoint": lambda thing, caller, scene: {
        "sourceId": source(), "matterId": thing["matter"], "counselId": scene.counsel, "appointedDate": day(-300),
        "applicantIds": [thing["free_applicant"]]},
    f"{A}.AppointmentAgencyService/Release": lambda thing, caller, scene: {
        "appointmentId": thing["appointment"], "reason": "Byte av ort", "releasedDate": day(-1)},
    f"{A}.AppointmentAgencyService/ListFlaggedAppointments": nothing,
    # billing
    f"{B}.CompensationRateService/ListCompensationRates": nothing,
    f"{B}.CostCalculationService/CreateCostCalculation": lambda thing, caller, scene: {"input": people.claim() | {
        "fTax": True, "vat": True, "filingDate": "2026-03-02"}},
    f"{B}.CostStatementAgencyService/ListUnregistered": nothing,
    f"{B}.CostStatementAgencyService/Acknowledge": lambda thing, caller, scene: {
        "costStatementId": thing["statement"], "manifestSha256": thing.get("manifest", "0" * 64), "diaryNumber": f"K-{uuid.uuid4().hex[:8]}"},
    f"{B}.CostStatementService/ListCostStatements": of("appointmentId", "appointment"),
    f"{B}.CostStatementService/CreateCostStatement": lambda thing, caller, scene: {
        "appointmentId": thing["appointment"], "input": people.claim(), "idempotencyKey": key()},
    f"{B}.CostStatementService/GetCostStatement": of("id", "statement"),
    f"{B}.CostStatementService/UpdateCostStatement": lambda thing, caller, scene: statement(
        thing, input={"substitution": "nej"}, updateMask="input.substitution"),
    f"{B}.CostStatementService/DeleteCostStatement": lambda thing, caller, scene: statement(thing),
    f"{B}.CostStatementService/CreateSignatureRequest": lambda thing, caller, scene: statement(
        thing, idempotencyKey=key(), browser=BROWSER, **SIGNING),
    f"{B}.CostStatementService/FileCostStatement": lambda thing, caller, scene: statement(thing, idempotencyKey=key()),
    f"{B}.CostStatementService/GetReceipt": of("costStatementId", "statement"),
    # documents
    f"{D}.ContentService/Download": of("documentId", "document"),
    f"{D}.DocumentAgencyService/Communicate": lambda thing, caller, scene: {
        "sourceId": source(), "appointmentId": thing["appointment"], "title": "Beslut", "fileName": "Beslut.pdf"},
    f"{D}.DocumentDisposalService/ListDisposable": of("appointmentId", "appointment"),
    f"{D}.DocumentDisposalService/DisposeContent": lambda thing, caller, scene: {"documentId": thing["document"], "disposalId": NOBODY},
    f"{D}.DocumentService/ListDocuments": of("appointmentId", "appointment"),
    f"{D}.DocumentService/GetDocument": of("id", "document"),
    # events
    f"{E}.EventService/Watch": nothing,
    f"{E}.EventService/Snapshot": nothing,
    f"{E}.ActivityService/ListActivities": nothing,
    # gateway
    f"{G}.ContentService/GetContent": of("documentId", "document"),
    f"{G}.DocumentationService/GetApiInfo": nothing,
    f"{G}.DocumentationService/GetOpenApiYaml": nothing,
    f"{G}.DocumentationService/GetOpenApiJson": nothing,
    f"{G}.ConfirmationService/CreateConfirmation": unknown(),
    f"{G}.LoginService/CreateLogin": lambda thing, caller, scene: dict(SIGNING),
    f"{G}.LoginService/GetLogin": unknown(),
    f"{G}.LoginService/CancelLogin": unknown(),
    f"{G}.LoginService/ReturnFromBankId": lambda thing, caller, scene: {"nonce": "x" * 43},
    f"{G}.SessionService/GetSession": nothing,
    f"{G}.SessionService/ListSessionProfiles": nothing,
    f"{G}.TeliaLoginService/GetProviderLogout": nothing,
    f"{G}.SessionService/SwitchProfile": lambda thing, caller, scene: {"counselId": scene.counsel},
    f"{G}.SessionService/EndSession": nothing,
    f"{G}.SessionService/ListSessions": nothing,
    f"{G}.SessionService/EndListedSession": unknown(),
    f"{G}.SessionService/EndAllSessions": nothing,
    f"{G}.SignatureReturnService/ReturnFromSigning": unknown("signature", nonce=lambda: "x" * 43),
    f"{G}.TeliaLoginService/ReturnFromTelia": lambda thing, caller, scene: {"state": "x" * 43, "error": "access_denied"},
    f"{G}.TeliaLoginService/EndTeliaSessions": lambda thing, caller, scene: {"logoutToken": "x.y.z"},
    # identity
    f"{I}.LoginService/StartLogin": lambda thing, caller, scene: {
        "purpose": "ENTER", "endUserIp": "127.0.0.1", "userAgent": "test", "deviceIdentifier": "test", "secretHash": secret(), **SIGNING},
    f"{I}.LoginService/GetLogin": unknown(secretHash=secret),
    f"{I}.LoginService/CancelLogin": unknown(secretHash=secret),
    f"{I}.LoginService/ReturnLogin": lambda thing, caller, scene: {"secretHash": secret(), "nonce": "x" * 43},
    f"{I}.LoginService/TakeUpLogin": unknown(secretHash=secret),
    f"{I}.SessionService/RotateSession": lambda thing, caller, scene: {"ticket": scene.spare_ticket(caller)},
    f"{I}.OidcLoginService/StartOidcLogin": lambda thing, caller, scene: {"login": {
        "purpose": "ENTER", "endUserIp": "127.0.0.1", "userAgent": "test", "deviceIdentifier": "test", "secretHash": secret(), "method": "TELIA",
        "start": "SAME_DEVICE"}},
    f"{I}.OidcLoginService/ReturnOidcLogin": lambda thing, caller, scene: {"secretHash": secret(), "state": "x" * 43, "error": "access_denied"},
    f"{I}.OidcLoginService/BeginOidcLogout": lambda thing, caller, scene: {"ticket": scene.lasting_ticket()},
    f"{I}.OidcLoginService/EndOidcSessions": lambda thing, caller, scene: {"logoutToken": "x.y.z"},
    f"{I}.PersonService/GetIdentityNumber": lambda thing, caller, scene: {"personId": scene.counsel},
    f"{I}.PersonService/EnsurePerson": lambda thing, caller, scene: {"identityNumber": scene.known_number},
    f"{I}.SessionService/EndSession": lambda thing, caller, scene: {"ticket": scene.spare_ticket(caller), "sessionId": NOBODY},
    f"{I}.SessionDeskService/EndPersonSessions": lambda thing, caller, scene: {"personId": scene.spare_person()},
    f"{I}.SessionService/RevokeSessions": lambda thing, caller, scene: {"ticket": scene.spare_ticket(caller)},
    f"{I}.ConfirmationService/BeginConfirmation": lambda thing, caller, scene: {"id": thing.get("signature", NOBODY), "secretHash": secret()},
    f"{I}.ConfirmationService/ReturnConfirmation": lambda thing, caller, scene: {"secretHash": secret(), "state": "confirm." + "x" * 43},
    f"{I}.SignatureRequestService/RequestSignature": lambda thing, caller, scene: {
        "signatureId": scene.new_id(), "personId": scene.counsel, "purpose": "COST_STATEMENT_FILING", "resourceId": NOBODY, "resourceVersion": "1",
        "visibleText": "Kostnadsräkning", "manifest": base64.b64encode(b"{}").decode(), "browser": BROWSER, **SIGNING},
    f"{I}.SignatureRequestService/GetSignatureFact": of("signatureId", "signature"),
    f"{I}.SignatureService/GetSignature": of("id", "signature"),
    f"{I}.SignatureService/CancelSignature": of("id", "signature"),
    f"{I}.SignatureService/ReturnSignature": unknown(nonce=lambda: "x" * 43),
    f"{I}.RefusalService/RecordRefusals": lambda thing, caller, scene: {"batchId": scene.new_id(), "refusals": [
        {"time": f"{day(-1)}T08:00:00Z", "rpc": f"{G}.SessionService/GetSession", "reason": "CSRF_REQUIRED", "count": 1}]},
    f"{I}.TicketService/RenewTicket": lambda thing, caller, scene: {"ticket": scene.spare_ticket(caller)},
    # registry
    f"{R}.AccessService/GetDelegationAccess": lambda thing, caller, scene: {"principalId": scene.counsel, "delegateId": NOBODY},
    f"{R}.CounselAgencyService/RegisterCounsel": lambda thing, caller, scene: {
        "sourceId": source(), "identityNumber": scene.new_number(), "counsel": people.counsel()},
    f"{R}.CounselFactsService/GetCounselFacts": lambda thing, caller, scene: {"counselId": scene.counsel},
    f"{R}.CounselService/GetCounsel": nothing,
    f"{R}.DelegationService/ListDelegations": nothing,
    f"{R}.DelegationService/GetDelegation": of("id", "delegation"),
    f"{R}.DelegationService/CreateDelegation": lambda thing, caller, scene: {
        "identityNumber": scene.people["foreign" if caller == "counsel" else "counsel"].number, "name": "Någon Testsson", "scopes": ["documents:read"], "idempotencyKey": key()},
    f"{R}.DelegationService/CreateDelegationSignatureRequest": lambda thing, caller, scene: delegation(
        thing, idempotencyKey=key(), browser=BROWSER, **SIGNING),
    f"{R}.DelegationService/FileDelegation": lambda thing, caller, scene: delegation(thing, idempotencyKey=key()),
    f"{R}.DelegationService/AcceptDelegation": lambda thing, caller, scene: delegation(thing, termsVersion=1),
    f"{R}.DelegationService/RevokeDelegation": lambda thing, caller, scene: delegation(thing),
    f"{R}.GuideService/GetGuide": nothing,
    f"{R}.ProfileService/RecordLogIn": nothing,
    f"{R}.ProfileService/ListProfiles": nothing,
    f"{R}.PayoutAccountService/GetPayoutAccount": nothing,
    f"{R}.PayoutAccountService/ListPayoutAccountChanges": nothing,
    f"{R}.PayoutAccountService/CreatePayoutAccountChange": lambda thing, caller, scene: scene.forget_draft_change(caller) or {
        **BANKGIRO, "idempotencyKey": key()},
    f"{R}.PayoutAccountService/GetPayoutAccountChange": of("id", "change"),
    f"{R}.PayoutAccountService/DeletePayoutAccountChange": lambda thing, caller, scene: change(thing),
    f"{R}.PayoutAccountService/FilePayoutAccountChange": lambda thing, caller, scene: change(thing, idempotencyKey=key()),
    f"{R}.PayoutAccountService/CreatePayoutAccountChangeSignatureRequest": lambda thing, caller, scene: change(
        thing, idempotencyKey=key(), browser=BROWSER, **SIGNING),
    f"{R}.SupportTicketService/CreateSupportTicket": lambda thing, caller, scene: scene.forget_support_tickets() or {
        "what": "Handlingen går inte att öppna.", "occurTime": f"{day(-1)}T08:00:00Z", "whichBrowser": "Firefox 128", "contact": "nobody@exempel.example",
        "browser": BROWSER},
    f"{R}.SupportDeskService/ListSupportTickets": nothing,
    f"{R}.SupportDeskService/AnswerSupportTicket": lambda thing, caller, scene: {
        "id": thing["support_ticket"], "etag": thing["support_ticket_etag"], "text": "Prova igen.", "officer": "officer-17", "idempotencyKey": key()},
    f"{R}.DelegationAgencyService/ListCounselDelegations": lambda thing, caller, scene: {"counselId": scene.counsel},
    f"{R}.DelegationAgencyService/EndDelegation": lambda thing, caller, scene: {
        "counselId": scene.counsel, "delegationId": thing["delegation"], "cause": "COUNSEL_ASKS"},
    # retention
    f"{T}.ActivityService/ListActivities": nothing,
    f"{T}.DisposalAgencyService/ListDisposals": of("appointmentId", "appointment"),
    f"{T}.LegalHoldAgencyService/PlaceLegalHold": lambda thing, caller, scene: {
        "sourceId": source(), "appointmentId": thing["appointment"], "decisionNumber": "D-1", "reason": "Rättegång pågår"},
    f"{T}.LegalHoldAgencyService/ListLegalHolds": of("appointmentId", "appointment"),
    f"{T}.LegalHoldAgencyService/PrepareLegalHoldRelease": lambda thing, caller, scene: {"id": thing["hold"], "reason": "Rättegången är slut"},
    f"{T}.LegalHoldAgencyService/ReleaseLegalHold": of("id", "hold"),
}
