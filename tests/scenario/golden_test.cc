// What was written down once keeps its meaning: every event type of every service has a golden
// file, and the golden journal decodes and folds to the golden tables. A change of the code that
// fails here changes what records already written mean, or what is written from now on: look at the
// difference, and when it is meant, write the files anew with CCFA_WRITE_GOLDEN=1.
//
//   services/<name>/golden/<EventType>.txtpb   the first event of that type on the golden road
//   services/<name>/golden/journal.bin         the road's records, each after its length
//   services/<name>/golden/tables.txt          the rows they fold to
#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/delimited_message_util.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/engine/event.h"
#include "common/testing/memory_rows.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/timestamp.pb.h"
#include "services/intake/reactions.h"
#include "services/routing/reactions.h"
#include "services/sara/reactions.h"
#include "services/scrutiny/reactions.h"
#include "tests/support/calendar.h"
#include "tests/support/golden_road.h"

namespace ccfa::test_support {
namespace {

using engine::Draft;
using record::v1::Record;
using ::testing::Contains;

bool IsToBeWritten() {
  const char* write = std::getenv("CCFA_WRITE_GOLDEN");
  return write != nullptr && std::string(write) == "1";
}

/// A file's bytes; empty, and a test failure, when it is not there.
std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.good()) << path << " is missing; CCFA_WRITE_GOLDEN=1 writes it";
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

void WriteFile(const std::string& path, const std::string& bytes) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

std::string TextOf(const google::protobuf::Message& message) {
  std::string text;
  EXPECT_TRUE(google::protobuf::TextFormat::PrintToString(message, &text));
  return text;
}

/// To the second: how many turns it takes before something follows is not what a record means.
void DropFractionsOfSeconds(google::protobuf::Message& message) {
  if (auto* time = dynamic_cast<google::protobuf::Timestamp*>(&message)) time->clear_nanos();
  const auto* reflection = message.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const auto* field : fields) {
    if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      DropFractionsOfSeconds(*reflection->MutableMessage(&message, field));
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
      DropFractionsOfSeconds(*reflection->MutableRepeatedMessage(&message, field, i));
    }
  }
}

std::string Pack(const std::vector<Record>& records) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  for (const Record& record : records) {
    EXPECT_TRUE(google::protobuf::util::SerializeDelimitedToZeroCopyStream(record, &stream));
  }
  return bytes;
}

std::vector<Record> Unpack(const std::string& bytes) {
  std::vector<Record> records;
  google::protobuf::io::ArrayInputStream stream(bytes.data(), static_cast<int>(bytes.size()));
  bool at_end = false;
  for (Record record;
       google::protobuf::util::ParseDelimitedFromZeroCopyStream(&record, &stream, &at_end);
       record.Clear()) {
    records.push_back(record);
  }
  EXPECT_TRUE(at_end) << "after record " << records.size() << " comes one that cannot be decoded";
  return records;
}

struct Service {
  std::string name;
  std::function<std::unique_ptr<engine::Rules>()> new_rules;
};

void PrintTo(const Service& service, std::ostream* out) {
  *out << service.name;
}

class Golden : public ::testing::TestWithParam<Service> {
 protected:
  static void SetUpTestSuite() {
    town_ = new Town(London(2027, 1, 11, 9));
    GoEveryWay(*town_);
  }
  static void TearDownTestSuite() {
    delete town_;
    town_ = nullptr;
  }

  std::string Path(const std::string& file) const {
    return absl::StrCat(CCFA_SERVICES "/", GetParam().name, "/golden/", file);
  }
  std::vector<Record> Today() const {
    return town_->Records(absl::StrCat("ccfa.", GetParam().name, ".v1"));
  }
  std::vector<Record> GoldenJournal() const { return Unpack(ReadFile(Path("journal.bin"))); }

  /// "CallLogged": every type the service's Event can hold.
  std::vector<std::string> Types() const {
    const auto* oneof = rules_->NewEvent()->GetDescriptor()->oneof_decl(0);
    std::vector<std::string> types;
    for (int i = 0; i < oneof->field_count(); ++i) {
      types.push_back(oneof->field(i)->message_type()->name());
    }
    return types;
  }

  /// The first event of each type, in its text form.
  std::map<std::string, std::string> FirstOfEachType(const std::vector<Record>& records) const {
    std::map<std::string, std::string> first;
    for (const Record& record : records) {
      Draft event = rules_->NewEvent();
      if (!event->ParseFromString(record.data()) || engine::InnerEvent(*event) == nullptr) {
        ADD_FAILURE() << "record " << record.seq() << ", a " << record.type()
                      << ", cannot be decoded";
        continue;
      }
      DropFractionsOfSeconds(*event);
      first.emplace(engine::InnerEvent(*event)->GetDescriptor()->name(), TextOf(*event));
    }
    return first;
  }

  /// The rows that records fold to, one a line.
  std::string RowsAfter(const std::vector<Record>& records) const {
    ::ccfa::testing::MemoryRows rows;
    for (const Record& record : records) {
      Draft event = rules_->NewEvent();
      EXPECT_TRUE(event->ParseFromString(record.data()));
      rules_->Apply(rows, *event, record);
    }
    std::string text;
    rows.Scan("", "", [&](absl::string_view key, absl::string_view value) {
      absl::StrAppend(&text, absl::Utf8SafeCEscape(key), " = ", absl::Utf8SafeCEscape(value), "\n");
      return true;
    });
    return text;
  }

  static Town* town_;
  const std::unique_ptr<engine::Rules> rules_ = GetParam().new_rules();
};

Town* Golden::town_ = nullptr;

TEST_P(Golden, IsWrittenWhenAskedFor) {
  if (!IsToBeWritten()) GTEST_SKIP() << "CCFA_WRITE_GOLDEN=1 writes the golden files anew";
  std::filesystem::remove_all(Path(""));
  for (const auto& [type, text] : FirstOfEachType(Today())) {
    WriteFile(Path(absl::StrCat(type, ".txtpb")), text);
  }
  WriteFile(Path("journal.bin"), Pack(Today()));
  WriteFile(Path("tables.txt"), RowsAfter(Today()));
}

TEST_P(Golden, RoadReachesEveryEventType) {
  std::map<std::string, std::string> reached = FirstOfEachType(Today());
  for (const std::string& type : Types()) {
    EXPECT_TRUE(reached.contains(type))
        << type << " does not happen on the golden road: tests/support/golden_road.cc";
  }
}

TEST_P(Golden, FilesAreThereForEveryEventTypeAndNoOther) {
  std::vector<std::string> found;
  for (const auto& file : std::filesystem::directory_iterator(Path(""))) {
    if (file.path().extension() == ".txtpb") found.push_back(file.path().stem());
  }
  for (const std::string& type : Types()) {
    EXPECT_THAT(found, Contains(type)) << type << " has no golden file";
  }
  for (const std::string& type : found) {
    EXPECT_THAT(Types(), Contains(type)) << "records of " << type << " can no longer be read";
  }
}

TEST_P(Golden, EventIsWhatIsWrittenToday) {
  for (const auto& [type, text] : FirstOfEachType(Today())) {
    EXPECT_EQ(ReadFile(Path(absl::StrCat(type, ".txtpb"))), text) << type;
  }
}

TEST_P(Golden, BytesDecodeToWhatTheyMeant) {
  std::map<std::string, std::string> decoded = FirstOfEachType(GoldenJournal());
  for (const std::string& type : Types()) {
    EXPECT_EQ(decoded[type], ReadFile(Path(absl::StrCat(type, ".txtpb")))) << type;
  }
}

TEST_P(Golden, JournalFoldsToTheTablesItFoldedTo) {
  EXPECT_EQ(RowsAfter(GoldenJournal()), ReadFile(Path("tables.txt")));
}

INSTANTIATE_TEST_SUITE_P(
    Services, Golden,
    ::testing::Values(Service{"intake", [] { return std::make_unique<intake::Rules>(); }},
                      Service{"routing", [] { return std::make_unique<routing::Rules>(); }},
                      Service{"sara", [] { return std::make_unique<sara::Rules>(); }},
                      Service{"scrutiny", [] { return std::make_unique<scrutiny::Rules>(); }}),
    [](const auto& service) { return service.param.name; });

}  // namespace
}  // namespace ccfa::test_support
