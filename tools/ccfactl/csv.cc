#include "tools/ccfactl/csv.h"

#include <algorithm>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/core/utf8.h"

namespace ccfa::ctl {
namespace {

constexpr size_t kLongestRecord = 1 << 20;
constexpr size_t kBuffer = 1 << 16;
constexpr int kEnd = -1;

}  // namespace

std::string CsvRow::At(const std::string& column) const {
  auto found = fields.find(column);
  return found == fields.end() ? "" : found->second;
}

absl::StatusOr<std::unique_ptr<CsvReader>> CsvReader::Open(
    const std::string& path, const std::vector<std::string>& required) {
  std::unique_ptr<CsvReader> reader(new CsvReader);
  std::error_code error;
  reader->size_ = std::filesystem::file_size(path, error);
  if (!error) reader->file_.reset(gzopen(path.c_str(), "rb"));
  if (!reader->file_) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  absl::Status header;
  absl::StatusOr<bool> read = reader->ReadRecord(reader->columns_, header);
  if (!read.ok()) return read.status();
  if (!*read || !header.ok())
    return absl::InvalidArgumentError(absl::StrCat(path, " has no header line"));
  std::string& first = reader->columns_.front();
  if (first.rfind("\xef\xbb\xbf", 0) == 0) first.erase(0, 3);
  for (const std::string& column : required) {
    if (reader->HasColumn(column)) continue;
    return absl::InvalidArgumentError(
        absl::StrCat(path, " has no column \"", column,
                     "\"; it has: ", absl::StrJoin(reader->columns_, ", ").substr(0, 300)));
  }
  return reader;
}

bool CsvReader::HasColumn(const std::string& column) const {
  return std::find(columns_.begin(), columns_.end(), column) != columns_.end();
}

uint64_t CsvReader::position() const {
  return static_cast<uint64_t>(gzoffset(file_.get()));
}

absl::StatusOr<int> CsvReader::NextByte() {
  if (at_ == buffer_.size()) {
    buffer_.resize(kBuffer);
    int got = gzread(file_.get(), buffer_.data(), kBuffer);
    int error = Z_OK;
    const char* what = gzerror(file_.get(), &error);
    if (got < 0 || (got == 0 && error != Z_OK && error != Z_STREAM_END)) {
      buffer_.clear();
      at_ = 0;
      return absl::DataLossError(absl::StrCat("the file is damaged after row ", rows_, ": ", what));
    }
    buffer_.resize(got);
    at_ = 0;
    if (got == 0) return kEnd;
  }
  return static_cast<unsigned char>(buffer_[at_++]);
}

absl::StatusOr<bool> CsvReader::ReadRecord(std::vector<std::string>& fields,
                                           absl::Status& row_status) {
  fields.assign(1, "");
  row_status = absl::OkStatus();
  bool quoted = false, any = false, was_quote = false;
  size_t length = 0;
  while (true) {
    absl::StatusOr<int> byte = NextByte();
    if (!byte.ok()) return byte.status();
    int c = *byte;
    if (c == kEnd) break;
    any = true;
    if (++length > kLongestRecord) {
      row_status =
          absl::InvalidArgumentError(absl::StrCat("longer than ", kLongestRecord, " bytes"));
      quoted = false;  // find the end of the line
    }
    if (quoted && !was_quote) {
      if (c == '"')
        was_quote = true;
      else
        fields.back() += static_cast<char>(c);
      continue;
    }
    if (was_quote && c == '"') {  // a doubled quote inside quotes
      fields.back() += '"';
      was_quote = false;
      continue;
    }
    if (was_quote) quoted = was_quote = false;
    if (c == '\n') break;
    if (c == '"' && fields.back().empty())
      quoted = true;
    else if (c == ',')
      fields.emplace_back();
    else if (c != '\r' && row_status.ok())
      fields.back() += static_cast<char>(c);
  }
  if (quoted && !was_quote)
    row_status = absl::InvalidArgumentError(
        "a quote in it is never closed; the lines after it were taken as part of it");
  return any;
}

absl::StatusOr<bool> CsvReader::Next(CsvRow& row) {
  std::vector<std::string> fields;
  do {
    absl::StatusOr<bool> read = ReadRecord(fields, row.status);
    if (!read.ok() || !*read) return read;
  } while (fields.size() == 1 && fields[0].empty() && row.status.ok());  // an empty line is no row
  row.number = ++rows_;
  row.fields.clear();
  if (row.status.ok() && fields.size() != columns_.size()) {
    row.status = absl::InvalidArgumentError(
        absl::StrCat("has ", fields.size(), " fields, the header ", columns_.size()));
  }
  for (size_t i = 0; i < fields.size() && i < columns_.size(); ++i) {
    if (row.status.ok() && !IsUtf8(fields[i])) {
      row.status =
          absl::InvalidArgumentError(absl::StrCat("column \"", columns_[i], "\" is not UTF-8"));
    }
    row.fields[columns_[i]] = std::move(fields[i]);
  }
  return true;
}

}  // namespace ccfa::ctl
