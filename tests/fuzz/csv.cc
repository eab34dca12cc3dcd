#include "tools/ccfactl/csv.h"

#include <sys/mman.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "tests/fuzz/fuzz.h"
#include "tools/ccfactl/call_formats.h"

namespace {

/// A file in memory that can be opened by its path.
class MemoryFile {
 public:
  MemoryFile(const uint8_t* data, size_t size) : descriptor_(memfd_create("rows.csv", 0)) {
    ccfa::fuzz::Require(write(descriptor_, data, size) == static_cast<ssize_t>(size),
                        "the file is written");
  }
  ~MemoryFile() { close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  std::string path() const { return absl::StrCat("/proc/self/fd/", descriptor_); }

 private:
  int descriptor_;
};

}  // namespace

// Plain or gzipped, as each format reads it: rows are numbered from 1 without gaps, and what a row
// becomes can be sent.
int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  MemoryFile file(data, size);
  for (const ccfa::ctl::CallFormat& format : ccfa::ctl::CallFormats()) {
    auto reader = ccfa::ctl::CsvReader::Open(file.path(), format.required_columns);
    if (!reader.ok()) continue;
    ccfa::ctl::CsvRow row;
    int64_t rows = 0;
    while ((*reader)->Next(row).value_or(false)) {
      ccfa::fuzz::Require(row.number == ++rows, "rows are numbered without gaps");
      if (!row.status.ok()) continue;
      auto details = format.details(row);
      if (!details.ok()) continue;
      ccfa::intake::v1::CallDetails sent;
      ccfa::fuzz::Require(sent.ParseFromString(details->SerializeAsString()),
                          "the server can decode what a row became");
    }
  }
  return 0;
}
