#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace ccfa::journal {

/// A record on its way into a journal: the serialized ccfa.record.v1.Record and the seq in it.
struct Sealed {
  uint64_t seq;
  std::string bytes;
};

/// When an append must be durable.
enum class Durability {
  /// Before it returns: somebody waits for the answer.
  kNow,
  /// With the next append that is: nobody was answered, and should it be lost, its cause is read
  /// again and decides it again. Never outlives something later that is durable.
  kWithNext,
};

/// One partition of a service's topic: the truth. Appended to by one writer, read by anybody.
/// Offsets grow with every record; the first is 1.
class Journal {
 public:
  virtual ~Journal() = default;

  virtual const std::string& topic() const = 0;
  virtual int partition() const = 0;

  /// OK while it can be appended to; otherwise why not. Thread-safe.
  virtual absl::Status Health() const = 0;

  /// OK while its end has everything that was acknowledged: nobody else can have written. Otherwise
  /// why not, and who may be asked instead. Thread-safe.
  virtual absl::Status IsCurrent() const = 0;

  /// Calls `then` with an end that has everything that was acknowledged before the question; or
  /// with why it cannot be known. At once where it is known. Any thread.
  using ThenEnd = std::function<void(absl::StatusOr<uint64_t> end)>;
  virtual void AskEnd(ThenEnd then) = 0;

  /// Changes whenever its tail may have become another than the writer left: whoever folded it
  /// looks at its end again. Thread-safe.
  virtual uint64_t generation() const = 0;

  /// The ownership under which records are written now; never less than the last record's.
  virtual uint64_t epoch() const { return 1; }

  /// Appends the records in order. An error leaves the outcome unknown, and of several records the
  /// first ones may be there: answer nobody, and read the tail before appending again.
  virtual absl::Status Append(const std::vector<Sealed>& records, Durability durability) = 0;

  /// The offset of the last record; 0 when there is none. Thread-safe.
  virtual absl::StatusOr<uint64_t> End() const = 0;

  /// Visits records after offset `after`, in order, until `visit` returns false. Thread-safe.
  using Visit = std::function<bool(uint64_t offset, absl::string_view bytes)>;
  virtual absl::Status Read(uint64_t after, const Visit& visit) const = 0;

  /// Calls `ring` with every record once it can be read, in order; from the appending thread or one
  /// that reads for it. To be set before the first append.
  using Ring = std::function<void(const std::vector<Sealed>&)>;
  virtual void OnAppend(Ring ring) = 0;
};

}  // namespace ccfa::journal
