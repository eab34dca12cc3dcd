#include "tests/kafka/journals.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <thread>

#include "absl/strings/str_cat.h"
#include "common/core/hash.h"
#include "common/journal/kafka_consumer.h"

namespace ccfa::kafka {
namespace {

constexpr auto kPatience = std::chrono::seconds(30);
constexpr auto kLookAgain = std::chrono::milliseconds(10);

std::string NewFolder() {
  static int count = 0;
  return absl::StrCat(::testing::TempDir(), "/ccfa-copies-", getpid(), "-", ++count);
}

}  // namespace

std::string RecordOf(const std::string& text, uint64_t epoch, uint64_t seq,
                     const std::string& last) {
  record::v1::Record record;
  record.set_type("test.Event");
  record.mutable_time()->set_seconds(1'790'000'000);
  record.mutable_time()->set_nanos(123'456'000);
  record.set_subject("councils/E1/calls/2026-000001");
  record.set_council("E1");
  record.set_actor("councillor:okafor");
  record.mutable_cause()->set_topic("ccfa.intake.v1");
  record.mutable_cause()->set_offset(7);
  record.mutable_cause()->set_ordinal(2);
  record.set_request_id("a request");
  record.set_request_hash(UINT64_MAX);
  record.set_traceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  record.set_epoch(epoch);
  record.set_seq(seq);
  if (!last.empty()) record.set_previous_hash(Digest(last));
  record.set_data(text);
  return record.SerializeAsString();
}

std::string TextsOf(const journal::Journal& journal) {
  std::string texts;
  absl::Status read = journal.Read(0, [&](uint64_t, absl::string_view bytes) {
    record::v1::Record record;
    EXPECT_TRUE(record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())));
    absl::StrAppend(&texts, texts.empty() ? "" : " ", record.data());
    return true;
  });
  EXPECT_TRUE(read.ok()) << read;
  return texts;
}

Side::Side(std::string topic, journal::KafkaSettings settings, std::string owner,
           bool others_answer)
    : topic_(std::move(topic)),
      folder_(NewFolder()),
      settings_(std::move(settings)),
      owner_(std::move(owner)),
      others_answer_(others_answer) {
  Start();
}

Side::~Side() {
  Stop();
  std::filesystem::remove_all(folder_);
}

void Side::Start() {
  copies_ = *state::Database::Open({folder_, {topic_}, state::Holds::kJournals, nullptr});
  partitions_ = *journal::KafkaPartitions::Create(
      {settings_, owner_,
       [this](const std::string&, const std::string&, int) { return others_answer_; }},
      *copies_);
  journal_ = *partitions_->Open(topic_, 0, /*may_own=*/true);
  EXPECT_TRUE(partitions_->Start().ok());
}

void Side::Stop() {
  partitions_.reset();
  journal_.reset();
  copies_.reset();
}

void Side::Restart(bool forget) {
  Stop();
  if (forget) std::filesystem::remove_all(folder_);
  Start();
}

void Side::Rewind() {
  Stop();
  copies_ = *state::Database::Open({folder_, {topic_}, state::Holds::kJournals, nullptr});
  {
    auto open = copies_->Lease();
    EXPECT_TRUE(open->db()
                    .Delete(rocksdb::WriteOptions(), open->family("default").get(),
                            journal::PlaceKey(topic_, 0))
                    .ok());
  }
  Restart();
}

absl::Status Side::Append(const std::vector<std::string>& texts) {
  uint64_t seq = *journal_->End();
  std::string last;
  absl::Status read =
      journal_->Read(seq == 0 ? 0 : seq - 1, [&](uint64_t, absl::string_view bytes) {
        last = std::string(bytes);
        return true;
      });
  if (!read.ok()) return read;
  std::vector<journal::Sealed> records;
  for (const std::string& text : texts) {
    records.push_back({++seq, RecordOf(text, journal_->epoch(), seq, last)});
    last = records.back().bytes;
  }
  return journal_->Append(records, journal::Durability::kNow);
}

bool Side::Insist(const std::string& text) {
  while (!Append({text}).ok()) {
    if (!Owns()) return false;
    // Kept after all: the repeated request finds its first answer.
    if (Texts().find(text) != std::string::npos) return true;
  }
  return true;
}

bool Side::Await(const std::function<bool()>& reached) const {
  for (auto end = std::chrono::steady_clock::now() + kPatience; !reached();) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(kLookAgain);
  }
  return true;
}

bool Side::Owns() {
  return Await([this] { return journal_->ownership().mine && journal_->Health().ok(); });
}

bool Side::Reaches(uint64_t seq) {
  return Await([&] { return journal_->End().value_or(0) >= seq; });
}

bool Side::Halts() {
  return Await([this] { return absl::IsDataLoss(journal_->End().status()); });
}

SteppedSide::SteppedSide(const std::string& topic, const journal::KafkaSettings& settings,
                         const std::string& owner)
    : folder_(NewFolder()),
      copies_(*state::Database::Open({folder_, {topic}, state::Holds::kJournals, nullptr})),
      journal_(*journal::KafkaJournal::Open({topic, 0, settings, owner}, *copies_)),
      consumer_(*journal::NewConsumer(settings)) {
  std::unique_ptr<RdKafka::TopicPartition> start(RdKafka::TopicPartition::create(topic, 0, 0));
  EXPECT_EQ(consumer_->assign({start.get()}), RdKafka::ERR_NO_ERROR);
}

SteppedSide::~SteppedSide() {
  consumer_->close();
  consumer_.reset();
  journal_.reset();
  copies_.reset();
  std::filesystem::remove_all(folder_);
}

void SteppedSide::Read(size_t count) {
  std::vector<std::unique_ptr<RdKafka::Message>> messages;
  journal::KafkaFollower::Messages read;
  for (auto end = std::chrono::steady_clock::now() + kPatience; read.size() < count;) {
    ASSERT_LT(std::chrono::steady_clock::now(), end) << "only " << read.size() << " are there";
    messages.emplace_back(consumer_->consume(100));
    if (messages.back()->err() == RdKafka::ERR_NO_ERROR) read.push_back(messages.back().get());
  }
  journal_->Absorb(read);
}

}  // namespace ccfa::kafka
