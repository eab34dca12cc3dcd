#pragma once

#include <zlib.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace ccfa::ctl {

/// One data row: its number, counted from 1, and its fields by column; or why it cannot be read.
struct CsvRow {
  int64_t number = 0;
  absl::Status status;
  std::map<std::string, std::string> fields;

  /// The field of a column; empty when there is no such column.
  std::string At(const std::string& column) const;
};

/// Reads CSV (RFC 4180) with a header, plain or gzipped, a row at a time. A row that is broken is
/// reported in its status and reading goes on with the next line.
class CsvReader {
 public:
  /// NOT_FOUND when the file cannot be opened; INVALID_ARGUMENT when it has no header or lacks a
  /// required column.
  static absl::StatusOr<std::unique_ptr<CsvReader>> Open(const std::string& path,
                                                         const std::vector<std::string>& required);

  /// False at the end. DATA_LOSS when the file cannot be read to its end, such as a cut gzip.
  absl::StatusOr<bool> Next(CsvRow& row);

  bool HasColumn(const std::string& column) const;
  /// How much of the file has been read, and how long it is, in bytes.
  uint64_t position() const;
  uint64_t size() const { return size_; }

 private:
  CsvReader() : file_(nullptr, &gzclose) {}
  absl::StatusOr<bool> ReadRecord(std::vector<std::string>& fields, absl::Status& row_status);
  absl::StatusOr<int> NextByte();

  std::unique_ptr<gzFile_s, int (*)(gzFile)> file_;
  uint64_t size_ = 0;
  std::vector<std::string> columns_;
  int64_t rows_ = 0;
  std::string buffer_;
  size_t at_ = 0;
};

}  // namespace ccfa::ctl
