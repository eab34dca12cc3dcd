#pragma once

#include <istream>
#include <memory>
#include <optional>
#include <ostream>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ccfa/proof/v1/proof.pb.h"

namespace ccfa::proof {

/// Writes an exported journal, as proof.proto describes it. A failure to write is UNAVAILABLE.
class ExportWriter {
 public:
  explicit ExportWriter(std::ostream& out) : out_(out) {}
  absl::Status Begin(const std::string& council);
  /// Records of a topic in order, topic after topic by name.
  absl::Status Add(const std::string& topic, absl::string_view record);
  absl::Status End();

 private:
  absl::Status Write(const v1::Exported& exported);
  std::ostream& out_;
  std::string topic_;
  uint64_t records_ = 0;
};

/// Reads one, in memory of one record. DATA_LOSS, with the byte and the record at which it is not
/// what a writer wrote. The stream outlives it.
class ExportReader {
 public:
  static absl::StatusOr<std::unique_ptr<ExportReader>> Open(std::istream& in);

  const std::string& council() const { return council_; }
  struct Item {
    std::string topic;
    std::string record;
  };
  /// None at the end.
  absl::StatusOr<std::optional<Item>> Next();
  /// How many bytes have been read.
  uint64_t position() const { return position_; }

 private:
  explicit ExportReader(std::istream& in) : in_(in) {}
  absl::StatusOr<v1::Exported> Read();
  absl::StatusOr<uint64_t> ReadLength();
  absl::Status Damaged(absl::string_view what) const;

  std::istream& in_;
  std::string council_;
  std::string topic_;
  uint64_t records_ = 0;
  uint64_t position_ = 0;
  /// Where what is being read began.
  uint64_t began_ = 0;
};

}  // namespace ccfa::proof
