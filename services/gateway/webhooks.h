#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "common/core/clock.h"
#include "services/gateway/upstream.h"
#include "services/gateway/webhook_file.h"

namespace ccfa::gateway {

/// Tells every receiver of a file what happens, each on a thread of its own: one that is slow or
/// away holds up nobody else.
class Webhooks {
 public:
  struct Files {
    /// Of the subscriptions; empty: there are none.
    std::string subscriptions;
    /// The folder that keeps where each has got to; beside the file when left out.
    std::string state;
  };

  /// What is behind it and the time outlive it. INVALID_ARGUMENT as ReadWebhooks; UNAVAILABLE when
  /// the folder cannot be used, FAILED_PRECONDITION STATE_IN_USE when another process uses it.
  static absl::StatusOr<std::unique_ptr<Webhooks>> Start(const Files& files, Upstream& upstream,
                                                         const TimeSource& time);
  /// Ends what is under way; what was not confirmed is delivered again by whoever comes next.
  ~Webhooks();

 private:
  explicit Webhooks(int lock) : lock_(lock) {}
  void Run(Webhook webhook, std::string folder, std::string cursor, Upstream& upstream,
           const TimeSource& time);

  /// Held as long as this is the one that delivers.
  const int lock_;
  std::atomic<bool> stopping_ = false;
  std::mutex mutex_;
  std::condition_variable stopped_;
  std::vector<std::thread> threads_;
};

}  // namespace ccfa::gateway
