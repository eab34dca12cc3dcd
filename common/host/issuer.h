#pragma once

#include <grpcpp/grpcpp.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "absl/status/statusor.h"
#include "ccfa/identity/v1/identity.pb.h"

namespace ccfa::host {

/// The process that has the accounts, as those see it that verify its tokens: asked every second
/// for its keys and the tokens that count no more. They are kept in two files, so that what it said
/// last counts for as long as it does not answer, over restarts too.
class Issuer {
 public:
  /// UNAVAILABLE when the folder, which is made, cannot be used.
  static absl::StatusOr<std::unique_ptr<Issuer>> Follow(
      const std::string& address, std::shared_ptr<grpc::ChannelCredentials> credentials,
      std::string folder);
  ~Issuer();

  static std::string KeysIn(const std::string& folder) { return folder + "/jwks.json"; }
  static std::string DeniedIn(const std::string& folder) { return folder + "/denied"; }

 private:
  Issuer(std::shared_ptr<grpc::Channel> channel, std::string folder)
      : channel_(std::move(channel)), folder_(std::move(folder)) {}
  void Run();
  absl::Status Ask();
  absl::Status Keep(const identity::v1::Trust& trust);

  const std::shared_ptr<grpc::Channel> channel_;
  const std::string folder_;
  /// What it said last.
  std::string kept_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool is_over_ = false;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace ccfa::host
