#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "ccfa/record/v1/record.pb.h"
#include "common/state/rows.h"

namespace ccfa::engine {

/// The first byte of every row the engine keeps among a service's tables; no table uses it.
inline constexpr char kBooksId = '\x00';

/// What the engine writes down beside a service's tables, and commits with them.
class Books {
 public:
  explicit Books(state::Rows& rows) : rows_(rows) {}

  /// The offset of the last record folded into the tables.
  uint64_t Applied() const;
  void SetApplied(uint64_t offset);

  /// A request that had an effect: its fingerprint and where its event stands.
  struct Request {
    uint64_t hash;
    uint64_t offset;
  };
  std::optional<Request> FindRequest(absl::string_view council, absl::string_view request_id) const;
  void RememberRequest(absl::string_view council, absl::string_view request_id, Request request);

  /// The hash of a council's last record; empty before its first.
  std::string ChainHead(absl::string_view council) const;
  void SetChainHead(absl::string_view council, absl::string_view hash);

  /// The last cause dealt with in a topic: a redelivered one does nothing.
  static constexpr uint32_t kWholeCause = UINT32_MAX;
  struct Cursor {
    uint64_t offset = 0;
    uint32_t ordinal = 0;
    auto operator<=>(const Cursor&) const = default;
    /// Reading goes on after this offset: a cause that was dealt with in part is read again.
    uint64_t ReadAfter() const {
      return ordinal == kWholeCause || offset == 0 ? offset : offset - 1;
    }
  };
  /// `source` is a topic, or one of its other partitions: what SourceOf says of a cause.
  Cursor FindCursor(absl::string_view source) const;
  void SetCursor(absl::string_view source, Cursor cursor);
  static std::string SourceOf(const record::v1::Cause& cause);

  /// The edition of the rules or of the projection that tables were folded by; 1 where nothing says
  /// so.
  uint64_t Edition() const;
  void SetEdition(uint64_t edition);

  /// Cursors may stand further than the causes in the journal say; they are no part of the tables'
  /// digest.
  static bool IsCursor(absl::string_view key);

 private:
  state::Rows& rows_;
};

}  // namespace ccfa::engine
