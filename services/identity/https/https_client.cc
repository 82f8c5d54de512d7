#include "services/identity/https/https_client.h"

#include <curl/curl.h>
#include <unistd.h>

#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

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

struct OpenCall {
  HttpsRequest request;
  Headers headers;
  size_t max_reply = 0;
  std::string reply;
  bool too_long = false;
  HttpsClient::Done done;
  std::unique_ptr<CURL, EasyDeleter> easy;  // last: it refers to the others until its end
};

size_t Receive(char* data, size_t size, size_t count, void* user) {
  OpenCall& call = *static_cast<OpenCall*>(user);
  call.too_long = call.reply.size() + size * count > call.max_reply;
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

// The first header of that name; "" when there is none.
std::string HeaderOf(CURL* easy, const char* name) {
  curl_header* header = nullptr;
  return curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &header) == CURLHE_OK ? header->value
                                                                                 : "";
}

absl::StatusOr<HttpsReply> ReplyOf(OpenCall& call, CURLcode code) {
  if (call.too_long) return absl::InternalError("the answer is too long");
  if (IsTlsFault(code)) return absl::InternalError(curl_easy_strerror(code));
  if (code != CURLE_OK) return absl::UnavailableError(curl_easy_strerror(code));
  CURL* const easy = call.easy.get();
  HttpsReply reply{.status = 0, .body = std::move(call.reply)};
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &reply.status);
  reply.content_type = HeaderOf(easy, "content-type");
  reply.cache_control = HeaderOf(easy, "cache-control");
  return reply;
}

void SetTls(CURL* easy, const HttpsSettings& settings) {
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https");
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(easy, CURLOPT_CAINFO, settings.ca_file.c_str());
  curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  if (settings.certificate_file.empty()) return;
  curl_easy_setopt(easy, CURLOPT_SSLCERT, settings.certificate_file.c_str());
  curl_easy_setopt(easy, CURLOPT_SSLKEY, settings.key_file.c_str());
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

// "Expect:" takes out what libcurl would add.
Headers MakeHeaders(const HttpsRequest& request) {
  Headers headers(curl_slist_append(nullptr, "Expect:"));
  for (const std::string& header : request.headers) {
    headers.reset(curl_slist_append(headers.release(), header.c_str()));
  }
  return headers;
}

void SetCall(OpenCall& call) {
  CURL* const easy = call.easy.get();
  call.headers = MakeHeaders(call.request);
  curl_easy_setopt(easy, CURLOPT_URL, call.request.url.c_str());
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, call.headers.get());
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Receive);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &call);
  if (!call.request.body) return;
  curl_easy_setopt(easy, CURLOPT_POSTFIELDS, call.request.body->c_str());
  curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(call.request.body->size()));
}

absl::Status CheckReadable(const std::string& file) {
  if (access(file.c_str(), R_OK) == 0) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat("cannot read ", file));
}

}  // namespace

struct HttpsClient::State {
  void Run();
  bool Begin();
  void Finish();
  void Abandon();

  HttpsSettings settings;
  // Before the calls: a handle is taken out of it when its call ends.
  std::unique_ptr<CURLM, MultiDeleter> multi;
  std::map<CURL*, std::unique_ptr<OpenCall>> running;  // the thread's own
  std::mutex mutex;                                    // guards what follows
  std::vector<std::unique_ptr<OpenCall>> waiting;
  bool stopping = false;
  std::thread thread;
};

// Moves the waiting calls into libcurl. Returns false when it is time to stop.
bool HttpsClient::State::Begin() {
  std::vector<std::unique_ptr<OpenCall>> begun;
  {
    const std::lock_guard lock(mutex);
    if (stopping) return false;
    begun.swap(waiting);
  }
  for (std::unique_ptr<OpenCall>& call : begun) {
    call->easy.reset(curl_easy_init());
    SetTls(call->easy.get(), settings);
    SetLimits(call->easy.get());
    SetCall(*call);
    curl_multi_add_handle(multi.get(), call->easy.get());
    CURL* const key = call->easy.get();
    running.emplace(key, std::move(call));
  }
  return true;
}

// Tells the callers of calls that have ended.
void HttpsClient::State::Finish() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const CURLcode code = message->data.result;
    const auto found = running.find(message->easy_handle);
    const std::unique_ptr<OpenCall> call = std::move(found->second);
    running.erase(found);
    curl_multi_remove_handle(multi.get(), call->easy.get());
    call->done(ReplyOf(*call, code));
  }
}

// Also ends what the callbacks post meanwhile.
void HttpsClient::State::Abandon() {
  const absl::Status stopped = absl::UnavailableError("stopping");
  for (auto& [easy, call] : running) {
    curl_multi_remove_handle(multi.get(), easy);
    call->done(stopped);
  }
  running.clear();
  while (true) {
    std::vector<std::unique_ptr<OpenCall>> unbegun;
    {
      const std::lock_guard lock(mutex);
      unbegun.swap(waiting);
    }
    if (unbegun.empty()) return;
    for (const std::unique_ptr<OpenCall>& call : unbegun) call->done(stopped);
  }
}

void HttpsClient::State::Run() {
  while (Begin()) {
    int active = 0;
    curl_multi_perform(multi.get(), &active);
    Finish();
    curl_multi_poll(multi.get(), nullptr, 0, kPollMs, nullptr);
  }
  Abandon();
}

absl::StatusOr<std::unique_ptr<HttpsClient>> HttpsClient::Start(const HttpsSettings& settings) {
  RETURN_IF_ERROR(CheckReadable(settings.ca_file));
  if (!settings.certificate_file.empty()) {
    RETURN_IF_ERROR(CheckReadable(settings.certificate_file));
    RETURN_IF_ERROR(CheckReadable(settings.key_file));
  }
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  auto state = std::make_unique<State>();
  state->settings = settings;
  state->multi.reset(curl_multi_init());
  curl_multi_setopt(state->multi.get(), CURLMOPT_MAX_TOTAL_CONNECTIONS, kMaxConnections);
  State* const running = state.get();
  running->thread = std::thread([running] { running->Run(); });
  return std::unique_ptr<HttpsClient>(new HttpsClient(std::move(state)));
}

HttpsClient::HttpsClient(std::unique_ptr<State> state) : state_(std::move(state)) {}

HttpsClient::~HttpsClient() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stopping = true;
  }
  curl_multi_wakeup(state_->multi.get());
  state_->thread.join();
}

void HttpsClient::Call(HttpsRequest request, Done done) {
  auto call = std::make_unique<OpenCall>();
  call->request = std::move(request);
  call->max_reply = state_->settings.max_reply;
  call->done = std::move(done);
  {
    const std::lock_guard lock(state_->mutex);
    state_->waiting.push_back(std::move(call));
  }
  curl_multi_wakeup(state_->multi.get());
}

}  // namespace bitrade::identity
