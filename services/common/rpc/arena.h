// The messages of a call in one piece of memory, for answers of many parts: a page is a thousand
// small objects, which one thread makes and another frees. A service has one allocator for each
// such RPC as a member, and names it in its constructor:
//
//   SetMessageAllocatorFor_ListThings(&pages_);
//   …
//   rpc::ArenaMessages<v1::ListThingsRequest, v1::ListThingsResponse> pages_;
#pragma once

#include <google/protobuf/arena.h>
#include <grpcpp/support/message_allocator.h>

#include <cstddef>

namespace bitrade::rpc {

// Thread-safe.
template <typename Request, typename Response>
class ArenaMessages final : public grpc::MessageAllocator<Request, Response> {
 public:
  // gRPC releases what it gets when the call is over.
  grpc::MessageHolder<Request, Response>* AllocateMessages() override { return new Holder; }

 private:
  // Octets of the first piece, and of the greatest: a page of 20 rows fits the first few.
  static constexpr size_t kFirst = 4 << 10;
  static constexpr size_t kGreatest = 32 << 10;

  static google::protobuf::ArenaOptions Options() {
    google::protobuf::ArenaOptions options;
    options.start_block_size = kFirst;
    options.max_block_size = kGreatest;
    return options;
  }

  class Holder final : public grpc::MessageHolder<Request, Response> {
   public:
    Holder() : arena_(Options()) {
      this->set_request(google::protobuf::Arena::CreateMessage<Request>(&arena_));
      this->set_response(google::protobuf::Arena::CreateMessage<Response>(&arena_));
    }
    void Release() override { delete this; }

   private:
    google::protobuf::Arena arena_;
  };
};

}  // namespace bitrade::rpc
