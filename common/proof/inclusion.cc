#include "common/proof/inclusion.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/core/refusal.h"
#include "common/proof/merkle.h"

namespace ccfa::proof {
namespace {

const v1::TopicHead* Find(const v1::Head& head, const std::string& topic) {
  auto found = std::find_if(head.topics().begin(), head.topics().end(),
                            [&](const v1::TopicHead& one) { return one.topic() == topic; });
  return found == head.topics().end() ? nullptr : &*found;
}

bool IsAbout(const std::string& subject, const std::vector<std::string>& names) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return subject == name || absl::StartsWith(subject, name + "/");
  });
}

/// Where a record of a proof says it stands.
std::string PlaceOf(const v1::ProvedRecord& proved) {
  return absl::StrCat(proved.topic(), ", record ", proved.index() + 1);
}

}  // namespace

uint64_t Prover::CountOf(const std::string& topic) const {
  const v1::TopicHead* named = Find(head_, topic);
  return named == nullptr ? 0 : named->records();
}

absl::Status Prover::Add(const std::string& topic, absl::string_view bytes) {
  if (absl::Status checked = check_.Add(topic, bytes); !checked.ok()) return checked;
  std::vector<std::string>& leaves = leaves_[topic];
  if (leaves.size() == CountOf(topic)) return absl::OkStatus();  // came later
  record::v1::Record record;
  record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
  if (IsAbout(record.subject(), names_)) {
    v1::ProvedRecord& proved = found_.emplace_back();
    proved.set_topic(topic);
    proved.set_index(leaves.size());
    proved.set_record(std::string(bytes));
  }
  leaves.push_back(LeafHash(bytes));
  return absl::OkStatus();
}

absl::StatusOr<v1::Proof> Prover::Finish() const {
  if (absl::StatusOr<std::vector<Covered>> whole = check_.Finish(); !whole.ok())
    return whole.status();
  if (found_.empty()) return NotFound("name", absl::StrJoin(names_, ", "));
  v1::Proof proof;
  proof.set_council(head_.council());
  std::map<std::string, MerkleTree> trees;
  for (const auto& [topic, leaves] : leaves_) trees.emplace(topic, MerkleTree(leaves));
  for (const v1::ProvedRecord& found : found_) {
    v1::ProvedRecord& proved = *proof.add_records();
    proved = found;
    for (std::string& hash : trees.at(found.topic()).PathOf(found.index()))
      proved.add_path(std::move(hash));
  }
  return proof;
}

absl::StatusOr<std::vector<record::v1::Record>> CheckProof(const v1::Proof& proof,
                                                           const v1::Head& head) {
  if (proof.council() != head.council()) {
    return absl::DataLossError(
        absl::StrCat("the proof is of ", proof.council(), ", and the head of ", head.council()));
  }
  if (proof.records().empty()) return absl::DataLossError("the proof has no records");
  std::vector<record::v1::Record> records;
  for (const v1::ProvedRecord& proved : proof.records()) {
    const v1::TopicHead* topic = Find(head, proved.topic());
    if (topic == nullptr || proved.index() >= topic->records()) {
      return absl::DataLossError(absl::StrCat(PlaceOf(proved),
                                              ": the head has no such record; it is of an earlier "
                                              "moment, or the proof is wrong"));
    }
    std::optional<std::string> root =
        RootOf(LeafHash(proved.record()), proved.index(), topic->records(),
               {proved.path().begin(), proved.path().end()});
    if (!root || absl::BytesToHexString(*root) != topic->root()) {
      return absl::DataLossError(absl::StrCat(
          PlaceOf(proved), ": leads to the root ",
          root ? absl::BytesToHexString(*root) : "of another number of records", ", expected ",
          topic->root(), ": the record is not in the journal the head stands for"));
    }
    if (!records.emplace_back().ParseFromString(proved.record()))
      return absl::DataLossError(absl::StrCat(PlaceOf(proved), ": cannot be decoded"));
  }
  return records;
}

}  // namespace ccfa::proof
