#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace ccfa::engine {

/// How far a reader has come in a topic.
struct Progress {
  std::string topic;
  int partition = 0;
  uint64_t applied = 0;
  uint64_t end = 0;
  /// Why it reads no further: an event it does not know, or cannot decode.
  absl::Status fault;
};

/// What a rebuild found: the digest of the tables' rows before and after.
struct RebuildResult {
  std::string digest_before;
  std::string digest_after;
  uint64_t events = 0;
};

/// Called now and then during long work, with how much is done and how much there is.
using OnProgress = std::function<void(uint64_t done, uint64_t total)>;

/// Something one thread drives turn by turn: a service's writer, or insight's projection. Threads,
/// sockets and waiting stand outside, so that a test can drive everything from one thread.
class Stepper {
 public:
  virtual ~Stepper() = default;

  virtual const std::string& service() const = 0;
  virtual int partition() const = 0;
  /// Throws away tables that know records no journal has: a power cut took what nobody was told.
  /// Before anything is appended after a start.
  virtual absl::Status Prepare() = 0;
  /// Takes one turn. False: nothing was there to do.
  virtual bool Step() = 0;
  /// Whether there is more to do now. Only between steps, by the driving thread.
  virtual bool HasWork() const = 0;
  /// When there will be something to do by itself. Only between steps, by the driving thread.
  virtual absl::Time NextDue() = 0;
  /// How long it may be left alone when nobody rings.
  virtual absl::Duration LongestSleep() const = 0;
  /// Calls `ring` whenever there is something to do. To be set before the first step.
  virtual void OnWork(std::function<void()> ring) = 0;

  /// OK: serving. Otherwise why not. Any thread.
  virtual absl::Status Health() const = 0;
  /// How far each topic has been read. Any thread.
  virtual std::vector<Progress> ReadProgress() const = 0;
  /// Throws the tables away and folds them again. By the driving thread, between steps.
  virtual absl::StatusOr<RebuildResult> Rebuild(const OnProgress& progress) = 0;
};

}  // namespace ccfa::engine
