#include "common/proof/head_check.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace ccfa::proof {
namespace {

/// The chain has as many records as the head names: it must be the same one.
absl::Status Compare(const Chain& chain, const v1::TopicHead& expected) {
  const std::string place = absl::StrCat(chain.topic(), " seq ", chain.seq());
  if (chain.seq() != expected.seq()) {
    return absl::DataLossError(absl::StrCat(place, ": is record ", chain.records(),
                                            ", which the head has at seq ", expected.seq()));
  }
  const std::string hash = absl::BytesToHexString(chain.hash());
  if (hash != expected.hash()) {
    return absl::DataLossError(
        absl::StrCat(place, ": expected a record of hash ", expected.hash(), ", found ", hash,
                     ": it was altered, or an earlier one and all behind it were written anew"));
  }
  const std::string root = absl::BytesToHexString(chain.root());
  if (root != expected.root()) {
    return absl::DataLossError(absl::StrCat(place, ": the root of the records up to it is ", root,
                                            ", expected ", expected.root()));
  }
  return absl::OkStatus();
}

}  // namespace

HeadCheck::HeadCheck(const v1::Head& head) : council_(head.council()) {
  for (const v1::TopicHead& topic : head.topics())
    topics_.emplace(topic.topic(), Topic{topic, Chain(council_, topic.topic())});
}

absl::Status HeadCheck::Add(const std::string& topic, absl::string_view record) {
  auto found = topics_.find(topic);
  // A topic the council had nothing in, or that did not exist, when the head was made.
  if (found == topics_.end()) {
    v1::TopicHead nothing;
    nothing.set_topic(topic);
    found = topics_.emplace(topic, Topic{nothing, Chain(council_, topic)}).first;
  }
  Chain& chain = found->second.chain;
  if (absl::Status added = chain.Add(record); !added.ok()) return added;
  const v1::TopicHead& expected = found->second.expected;
  return chain.records() == expected.records() ? Compare(chain, expected) : absl::OkStatus();
}

absl::StatusOr<std::vector<Covered>> HeadCheck::Finish() const {
  std::vector<Covered> all;
  for (const auto& [name, topic] : topics_) {
    const v1::TopicHead& expected = topic.expected;
    const uint64_t records = topic.chain.records();
    if (records < expected.records()) {
      return absl::DataLossError(absl::StrCat(name, " seq ", topic.chain.seq(), ": ends here with ",
                                              records, " records, but the head has ",
                                              expected.records(), " up to seq ", expected.seq()));
    }
    all.push_back({name, expected.records(), records - expected.records()});
  }
  return all;
}

}  // namespace ccfa::proof
