#include "services/identity/bankid/poster.h"

#include <curl/curl.h>
#include <unistd.h>

#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/common/base/status_macros.h"

namespace bitrade::identity {
namespace {

constexpr long kMaxConnections = 32;
// So that a renewed certificate is taken up without a restart.
constexpr long kConnectionSeconds = 300;
constexpr int kPollMs = 1000;

struct EasyDeleter {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct MultiDeleter {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
struct HeadersDeleter {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Headers = std::unique_ptr<curl_slist, HeadersDeleter>;

struct Call {
  std::unique_ptr<CURL, EasyDeleter> easy;
  std::string url;
  std::string body;
  std::string reply;
  bool too_long = false;
  Poster::Done done;
};

size_t Receive(char* data, size_t size, size_t count, void* user) {
  Call& call = *static_cast<Call*>(user);
  call.too_long = call.reply.size() + size * count > kMaxReply;
  if (call.too_long) return 0;
  call.reply.append(data, size * count);
  return size * count;
}

bool IsTlsFault(CURLcode code) {
  switch (code) {
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_ENGINE_INITFAILED:
    case CURLE_USE_SSL_FAILED:
      return true;
    default:
      return false;
  }
}

absl::StatusOr<HttpReply> ReplyOf(Call& call, CURLcode code) {
  if (call.too_long) return absl::InternalError("the answer is too long");
  if (IsTlsFault(code)) return absl::InternalError(curl_easy_strerror(code));
  if (code != CURLE_OK) return absl::UnavailableError(curl_easy_strerror(code));
  long status = 0;
  curl_easy_getinfo(call.easy.get(), CURLINFO_RESPONSE_CODE, &status);
  return HttpReply{status, std::move(call.reply)};
}

void SetTls(CURL* easy, const BankIdEndpoint& endpoint) {
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https");
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(easy, CURLOPT_CAINFO, endpoint.ca_file.c_str());
  curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
  curl_easy_setopt(easy, CURLOPT_SSLCERT, endpoint.certificate_file.c_str());
  curl_easy_setopt(easy, CURLOPT_SSLKEY, endpoint.key_file.c_str());
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
}

void SetLimits(CURL* easy) {
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS,
                   static_cast<long>(absl::ToInt64Milliseconds(kCallTime)));
  curl_easy_setopt(easy, CURLOPT_MAXLIFETIME_CONN, kConnectionSeconds);
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");  // the environment does not redirect log-ins
}

void SetCall(Call& call, const Headers& headers) {
  CURL* const easy = call.easy.get();
  curl_easy_setopt(easy, CURLOPT_URL, call.url.c_str());
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(easy, CURLOPT_POSTFIELDS, call.body.c_str());
  curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(call.body.size()));
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Receive);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &call);
}

Headers MakeHeaders() {
  // BankID accepts no parameter beside the type; "Expect:" takes out what libcurl would add.
  curl_slist* const type = curl_slist_append(nullptr, "Content-Type: application/json");
  return Headers(curl_slist_append(type, "Expect:"));
}

absl::Status CheckReadable(const std::string& file) {
  if (access(file.c_str(), R_OK) == 0) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat("cannot read ", file));
}

}  // namespace

struct Poster::State {
  void Run();
  bool Begin();
  void Finish();
  void Abandon();

  BankIdEndpoint endpoint;
  Headers headers;
  // Before the calls: a handle is taken out of it when its call ends.
  std::unique_ptr<CURLM, MultiDeleter> multi;
  std::map<CURL*, std::unique_ptr<Call>> running;  // the thread's own
  std::mutex mutex;                                // guards what follows
  std::vector<std::unique_ptr<Call>> waiting;
  bool stopping = false;
  std::thread thread;
};

// Moves the waiting calls into libcurl. Returns false when it is time to stop.
bool Poster::State::Begin() {
  std::vector<std::unique_ptr<Call>> begun;
  {
    const std::lock_guard lock(mutex);
    if (stopping) return false;
    begun.swap(waiting);
  }
  for (std::unique_ptr<Call>& call : begun) {
    call->easy.reset(curl_easy_init());
    SetTls(call->easy.get(), endpoint);
    SetLimits(call->easy.get());
    SetCall(*call, headers);
    curl_multi_add_handle(multi.get(), call->easy.get());
    CURL* const key = call->easy.get();
    running.emplace(key, std::move(call));
  }
  return true;
}

// Tells the callers of calls that have ended.
void Poster::State::Finish() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const CURLcode code = message->data.result;
    const auto found = running.find(message->easy_handle);
    const std::unique_ptr<Call> call = std::move(found->second);
    running.erase(found);
    curl_multi_remove_handle(multi.get(), call->easy.get());
    call->done(ReplyOf(*call, code));
  }
}

// Also ends what the callbacks post meanwhile.
void Poster::State::Abandon() {
  const absl::Status stopped = absl::UnavailableError("stopping");
  for (auto& [easy, call] : running) {
    curl_multi_remove_handle(multi.get(), easy);
    call->done(stopped);
  }
  running.clear();
  while (true) {
    std::vector<std::unique_ptr<Call>> unbegun;
    {
      const std::lock_guard lock(mutex);
      unbegun.swap(waiting);
    }
    if (unbegun.empty()) return;
    for (const std::unique_ptr<Call>& call : unbegun) call->done(stopped);
  }
}

void Poster::State::Run() {
  while (Begin()) {
    int active = 0;
    curl_multi_perform(multi.get(), &active);
    Finish();
    curl_multi_poll(multi.get(), nullptr, 0, kPollMs, nullptr);
  }
  Abandon();
}

absl::StatusOr<std::unique_ptr<Poster>> Poster::Start(const BankIdEndpoint& endpoint) {
  if (!absl::StartsWith(endpoint.url, "https://")) {
    return absl::FailedPreconditionError("the URL must begin with https://");
  }
  RETURN_IF_ERROR(CheckReadable(endpoint.ca_file));
  RETURN_IF_ERROR(CheckReadable(endpoint.certificate_file));
  RETURN_IF_ERROR(CheckReadable(endpoint.key_file));
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  auto state = std::make_unique<State>();
  state->endpoint = endpoint;
  state->headers = MakeHeaders();
  state->multi.reset(curl_multi_init());
  curl_multi_setopt(state->multi.get(), CURLMOPT_MAX_TOTAL_CONNECTIONS, kMaxConnections);
  State* const running = state.get();
  running->thread = std::thread([running] { running->Run(); });
  return std::unique_ptr<Poster>(new Poster(std::move(state)));
}

Poster::Poster(std::unique_ptr<State> state) : state_(std::move(state)) {}

Poster::~Poster() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stopping = true;
  }
  curl_multi_wakeup(state_->multi.get());
  state_->thread.join();
}

void Poster::Post(absl::string_view path, std::string body, Done done) {
  auto call = std::make_unique<Call>();
  call->url = absl::StrCat(state_->endpoint.url, path);
  call->body = std::move(body);
  call->done = std::move(done);
  {
    const std::lock_guard lock(state_->mutex);
    state_->waiting.push_back(std::move(call));
  }
  curl_multi_wakeup(state_->multi.get());
}

}  // namespace bitrade::identity
