#include "common/host/issuer.h"

#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "ccfa/identity/v1/identity.grpc.pb.h"
#include "common/identity/account_file.h"
#include "common/identity/key_set.h"
#include "common/rpc/status.h"
#include "common/telemetry/log.h"

namespace ccfa::host {
namespace {

constexpr auto kAskIssuerEvery = std::chrono::seconds(1);
constexpr auto kIssuerPatience = std::chrono::seconds(2);
constexpr int kIssuerReconnect_ms = 1000;

}  // namespace

absl::StatusOr<std::unique_ptr<Issuer>> Issuer::Follow(
    const std::string& address, std::shared_ptr<grpc::ChannelCredentials> credentials,
    std::string folder) {
  std::error_code made;
  std::filesystem::create_directories(folder, made);
  if (made || chmod(folder.c_str(), S_IRWXU) != 0)
    return absl::UnavailableError(absl::StrCat("cannot make ", folder));
  if (access(DeniedIn(folder).c_str(), F_OK) != 0) {
    absl::Status nobody = identity::ReplaceFile(DeniedIn(folder), "");
    if (!nobody.ok()) return nobody;
  }
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kIssuerReconnect_ms);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kIssuerReconnect_ms);
  std::unique_ptr<Issuer> issuer(
      new Issuer(grpc::CreateCustomChannel(address, credentials, arguments), std::move(folder)));
  issuer->thread_ = std::thread([&issuer = *issuer] { issuer.Run(); });
  return issuer;
}

Issuer::~Issuer() {
  {
    std::lock_guard lock(mutex_);
    is_over_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Issuer::Run() {
  bool was_heard = true;
  std::unique_lock lock(mutex_);
  while (!is_over_) {
    lock.unlock();
    absl::Status asked = Ask();
    if (was_heard && !asked.ok()) {
      telemetry::Log(telemetry::Level::kWarning, "issuer_not_heard",
                     {{"why", std::string(asked.message())},
                      {"effect", "the keys and revoked tokens that it told last count"}});
    }
    was_heard = asked.ok();
    lock.lock();
    wake_.wait_for(lock, kAskIssuerEvery, [this] { return is_over_; });
  }
}

absl::Status Issuer::Ask() {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kIssuerPatience);
  identity::v1::Trust trust;
  auto stub = identity::v1::IdentityService::NewStub(channel_);
  absl::Status answered = rpc::FromGrpc(stub->GetTrust(&context, {}, &trust));
  return answered.ok() ? Keep(trust) : answered;
}

absl::Status Issuer::Keep(const identity::v1::Trust& trust) {
  std::string bytes = trust.SerializeAsString();
  if (bytes == kept_) return absl::OkStatus();
  if (absl::Status keys = identity::ParseKeySet(trust.keys()).status(); !keys.ok()) return keys;
  // First what counts no more.
  absl::Status status = identity::ReplaceFile(DeniedIn(folder_), trust.denied());
  if (status.ok()) status = identity::ReplaceFile(KeysIn(folder_), trust.keys());
  if (status.ok()) kept_ = std::move(bytes);
  return status;
}

}  // namespace ccfa::host
