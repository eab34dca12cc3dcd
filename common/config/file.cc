#include "common/config/file.h"

#include <fstream>
#include <sstream>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/config/check.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/text_format.h"

namespace ccfa::config {
namespace {

constexpr size_t kLargest = 1 << 20;

class Errors final : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int line, int column, const std::string& message) override {
    lines_.push_back(absl::StrCat("line ", line + 1, ", column ", column + 1, ": ", message));
  }
  std::string Text() const { return absl::StrJoin(lines_, "\n"); }

 private:
  std::vector<std::string> lines_;
};

}  // namespace

absl::StatusOr<v1::CouncilConfig> ParseFile(absl::string_view text) {
  if (text.size() > kLargest) {
    return absl::InvalidArgumentError(
        absl::StrCat("expected at most ", kLargest, " bytes, got ", text.size()));
  }
  Errors errors;
  google::protobuf::TextFormat::Parser parser;
  parser.RecordErrorsTo(&errors);
  v1::CouncilConfig config;
  if (!parser.ParseFromString(std::string(text), &config))
    return absl::InvalidArgumentError(errors.Text());
  std::vector<Fault> faults = Check(config);
  if (faults.empty()) return config;
  return absl::InvalidArgumentError(
      absl::StrJoin(faults, "\n", [](std::string* out, const Fault& fault) {
        absl::StrAppend(out, fault.field, ": ", fault.message);
      }));
}

absl::StatusOr<v1::CouncilConfig> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  if (!file) return absl::NotFoundError(absl::StrCat(path, ": cannot be read"));
  absl::StatusOr<v1::CouncilConfig> config = ParseFile(text.str());
  if (config.ok()) return config;
  std::vector<std::string> lines = absl::StrSplit(config.status().message(), '\n');
  for (std::string& line : lines) line = absl::StrCat(path, ": ", line);
  return absl::InvalidArgumentError(absl::StrJoin(lines, "\n"));
}

}  // namespace ccfa::config
