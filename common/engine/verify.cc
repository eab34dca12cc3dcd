#include "common/engine/verify.h"

#include "absl/container/flat_hash_map.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "ccfa/record/v1/record.pb.h"
#include "common/core/hash.h"

namespace ccfa::engine {
namespace {

constexpr uint64_t kProgressEvery = 10'000;

std::string Short(absl::string_view hash) {
  return hash.empty() ? "none" : absl::BytesToHexString(hash.substr(0, 6));
}

}  // namespace

absl::StatusOr<Verdict> Verify(const journal::Journal& journal, const OnProgress& progress) {
  absl::StatusOr<uint64_t> end = journal.End();
  if (!end.ok()) return end.status();
  Verdict verdict;
  absl::flat_hash_map<std::string, std::string> heads;
  record::v1::Record record;
  absl::Status read = journal.Read(0, [&](uint64_t offset, absl::string_view bytes) {
    std::string place = absl::StrCat(journal.topic(), " record ", verdict.records + 1);
    if (!record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
      verdict.damage = absl::StrCat(place, ": cannot be decoded");
      return false;
    }
    if (record.seq() != verdict.records + 1 || offset != record.seq()) {
      verdict.damage = absl::StrCat(place, ": expected seq ", verdict.records + 1, ", found seq ",
                                    record.seq(), " at offset ", offset);
      return false;
    }
    std::string& head = heads[record.council()];
    if (record.previous_hash() != head) {
      verdict.damage = absl::StrCat(place, " (council ", record.council(), "): follows ",
                                    Short(record.previous_hash()), ", but the record before it is ",
                                    Short(head));
      return false;
    }
    head = Digest(bytes);
    if (++verdict.records % kProgressEvery == 0) progress(verdict.records, *end);
    return verdict.records < *end;
  });
  if (!read.ok()) return read;
  if (verdict.damage.empty() && verdict.records < *end) {
    verdict.damage = absl::StrCat(journal.topic(), ": ends after record ", verdict.records,
                                  ", but ", *end, " were written");
  }
  verdict.councils = heads.size();
  return verdict;
}

}  // namespace ccfa::engine
