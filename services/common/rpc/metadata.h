// The names of what travels beside a message between processes.
#pragma once

namespace bitrade::rpc {

inline constexpr char kTicketHeader[] = "bitrade-ticket-bin";  // from the gateway alone
inline constexpr char kActingForHeader[] = "bitrade-acting-for";
inline constexpr char kOfficerHeader[] = "bitrade-officer";  // required on changes by case systems
inline constexpr char kPersonHeader[] = "bitrade-person";    // audit only, between our services
inline constexpr char kRequestIdHeader[] = "bitrade-request-id";
inline constexpr char kTraceparentHeader[] = "traceparent";

// Bytes of headers or trailers that we take: all faults of a long form travel in a trailer. (gRPC's
// own limit is 8 KiB; beyond it the peer sees RESOURCE_EXHAUSTED instead of the refusal.)
inline constexpr int kMostMetadata = 128 * 1024;

}  // namespace bitrade::rpc
