// eid_sim --rp-port=N --control-port=N --certificate=F --key=F --client-ca=F --ports-file=F
//         --signing-root=F --signing-root-key=F [--clock-file=F]
//         [--oidc-port=N --oidc-certificate=F --oidc-key=F --oidc-client-id=T --oidc-client-key=F
//          --oidc-redirect=URL [--oidc-logout-redirect=URL] [--oidc-backchannel-logout=URL]]
// eid_sim --make-signing-root=F --signing-root-key=F
//
// The second makes the root that stands above all signatures, and ends.
// Port 0 takes any; the ports file tells which: {"rp":N,"control":N,"oidc":N}. The client's key is
// public. The clock file moves the
// clock as it moves that of the other processes. SIGTERM and SIGINT end it.
#include <pthread.h>
#include <signal.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/common/base/clock.h"
#include "services/common/base/status_macros.h"
#include "tests/eid-sim/simulator.h"

namespace bitrade::eidsim {
namespace {

constexpr int kMaxPort = 65535;

struct CommandLine {
  SimulatorConfig simulator;
  std::string ports_file;
  std::string clock_file;
};

// Takes one option out of `options`.
absl::StatusOr<std::string> Take(std::map<std::string, std::string>& options,
                                 const std::string& name) {
  auto node = options.extract(name);
  if (node.empty()) return absl::InvalidArgumentError(absl::StrCat("--", name, " is missing"));
  return std::move(node.mapped());
}

absl::StatusOr<int> TakePort(std::map<std::string, std::string>& options, const std::string& name) {
  ASSIGN_OR_RETURN(const std::string text, Take(options, name));
  int port = 0;
  if (!absl::SimpleAtoi(text, &port) || port < 0 || port > kMaxPort) {
    return absl::InvalidArgumentError(absl::StrCat("--", name, " is no port"));
  }
  return port;
}

// Reads "--name=value" and "--name value".
absl::StatusOr<std::map<std::string, std::string>> ReadOptions(int count, char** words) {
  std::map<std::string, std::string> options;
  for (int at = 1; at < count; ++at) {
    absl::string_view word = words[at];
    if (!absl::ConsumePrefix(&word, "--")) {
      return absl::InvalidArgumentError(absl::StrCat("not an option: ", words[at]));
    }
    const std::pair<std::string, std::string> option =
        absl::StrSplit(word, absl::MaxSplits('=', 1));
    const bool apart = word.find('=') == absl::string_view::npos && at + 1 < count;
    options[option.first] = apart ? words[++at] : option.second;
  }
  return options;
}

absl::StatusOr<oidc::Client> TakeClient(std::map<std::string, std::string>& options) {
  oidc::Client client;
  ASSIGN_OR_RETURN(client.id, Take(options, "oidc-client-id"));
  ASSIGN_OR_RETURN(const std::string key_file, Take(options, "oidc-client-key"));
  ASSIGN_OR_RETURN(const oidc::PublicKey key, oidc::ReadPublicKey(key_file));
  client.keys = {key};
  ASSIGN_OR_RETURN(const std::string redirect, Take(options, "oidc-redirect"));
  client.redirect_uris = {redirect};
  if (auto after = Take(options, "oidc-logout-redirect"); after.ok()) {
    client.post_logout_redirect_uris = {*std::move(after)};
  }
  client.backchannel_logout_uri = Take(options, "oidc-backchannel-logout").value_or("");
  return client;
}

absl::StatusOr<std::optional<OidcConfig>> TakeOidc(std::map<std::string, std::string>& options) {
  if (options.count("oidc-port") == 0) return std::nullopt;
  OidcConfig oidc;
  ASSIGN_OR_RETURN(oidc.port, TakePort(options, "oidc-port"));
  ASSIGN_OR_RETURN(oidc.tls.certificate_file, Take(options, "oidc-certificate"));
  ASSIGN_OR_RETURN(oidc.tls.key_file, Take(options, "oidc-key"));
  ASSIGN_OR_RETURN(oidc.client, TakeClient(options));
  return oidc;
}

absl::StatusOr<CommandLine> ReadCommandLine(std::map<std::string, std::string>& options) {
  CommandLine line;
  ASSIGN_OR_RETURN(line.simulator.rp_port, TakePort(options, "rp-port"));
  ASSIGN_OR_RETURN(line.simulator.control_port, TakePort(options, "control-port"));
  ASSIGN_OR_RETURN(line.simulator.tls.certificate_file, Take(options, "certificate"));
  ASSIGN_OR_RETURN(line.simulator.tls.key_file, Take(options, "key"));
  ASSIGN_OR_RETURN(line.simulator.tls.client_ca_file, Take(options, "client-ca"));
  ASSIGN_OR_RETURN(line.simulator.signing_root.certificate_file, Take(options, "signing-root"));
  ASSIGN_OR_RETURN(line.simulator.signing_root.key_file, Take(options, "signing-root-key"));
  ASSIGN_OR_RETURN(line.ports_file, Take(options, "ports-file"));
  ASSIGN_OR_RETURN(line.simulator.oidc, TakeOidc(options));
  line.clock_file = Take(options, "clock-file").value_or("");
  if (!options.empty()) {
    return absl::InvalidArgumentError(absl::StrCat("unknown --", options.begin()->first));
  }
  return line;
}

// Who waits for the file never sees half of it.
absl::Status WritePorts(const Simulator& simulator, const std::string& path) {
  const std::string draft = path + ".new";
  std::ofstream file(draft, std::ios::trunc);
  file << "{\"rp\":" << simulator.rp_port() << ",\"control\":" << simulator.control_port()
       << ",\"oidc\":" << simulator.oidc_port() << "}\n";
  file.close();
  if (!file || std::rename(draft.c_str(), path.c_str()) != 0) {
    return absl::UnavailableError(absl::StrCat("cannot write ", path));
  }
  return absl::OkStatus();
}

absl::Status MakeSigningRoot(std::map<std::string, std::string>& options) {
  ASSIGN_OR_RETURN(const std::string certificate_file, Take(options, "make-signing-root"));
  ASSIGN_OR_RETURN(const std::string key_file, Take(options, "signing-root-key"));
  const Credential root = NewSigningRoot();
  WriteKey(key_file, *root.key);
  WriteCertificate(certificate_file, *root.certificate);
  return absl::OkStatus();
}

absl::Status Serve(const CommandLine& line) {
  // Blocked before the first thread begins, so that sigwait alone receives them.
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  signal(SIGPIPE, SIG_IGN);
  const std::unique_ptr<Clock> clock = MakeClock(line.clock_file);
  ASSIGN_OR_RETURN(const std::unique_ptr<Simulator> simulator,
                   Simulator::Start(line.simulator, *clock));
  RETURN_IF_ERROR(WritePorts(*simulator, line.ports_file));
  simulator->PrepareSignatures();
  int received = 0;
  sigwait(&ends, &received);
  return absl::OkStatus();
}

absl::Status Run(int count, char** words) {
  ASSIGN_OR_RETURN(auto options, ReadOptions(count, words));
  if (options.count("make-signing-root") > 0) return MakeSigningRoot(options);
  ASSIGN_OR_RETURN(const CommandLine line, ReadCommandLine(options));
  return Serve(line);
}

}  // namespace
}  // namespace bitrade::eidsim

int main(int count, char** words) {
  const absl::Status result = bitrade::eidsim::Run(count, words);
  if (result.ok()) return 0;
  std::cerr << "eid_sim: " << result.message() << "\n";
  return 2;
}
