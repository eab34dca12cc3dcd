#include "services/insight/tables.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "common/core/names.h"
#include "services/insight/search.h"
#include "services/insight/story.h"

namespace ccfa::insight {

std::vector<std::string> WardKeys(const v1::StoryRow& row) {
  if (!row.has_intake()) return {};
  return {absl::StrCat(CouncilOf(row.name()), "/", WardOf(row))};
}

std::vector<std::string> StateKeys(const v1::StoryRow& row) {
  if (!row.has_intake()) return {};
  return {absl::StrCat(CouncilOf(row.name()), "/", static_cast<int>(StateOf(row)))};
}

std::vector<std::string> CellKeys(const v1::StoryRow& row) {
  if (!row.intake().details().place().has_point()) return {};
  const auto& details = row.intake().details();
  const auto& point = details.place().point();
  const geo::Cell cell = geo::CellOf({point.lat(), point.lon()});
  return {absl::StrCat(CellKey(CouncilOf(row.name()), details.category(), cell),
                       absl::string_view(&kEnd, 1),
                       absl::StrFormat("%.7f/%.7f", point.lat(), point.lon()))};
}

geo::Point PointIn(absl::string_view cell_entry) {
  const std::vector<absl::string_view> parts = absl::StrSplit(cell_entry, kEnd);
  const std::pair<absl::string_view, absl::string_view> point =
      absl::StrSplit(parts[1], absl::MaxSplits('/', 1));
  geo::Point read;
  (void)(absl::SimpleAtod(point.first, &read.lat) && absl::SimpleAtod(point.second, &read.lon));
  return read;
}

std::vector<std::string> WordKeys(const v1::StoryRow& row) {
  std::vector<std::string> keys = WordsOf(row);
  for (std::string& key : keys) key = absl::StrCat(CouncilOf(row.name()), "/", key);
  return keys;
}

std::string CellKey(absl::string_view council, absl::string_view category, geo::Cell cell) {
  return absl::StrCat(council, "/", category, "/", cell.lat, "/", cell.lon);
}

std::vector<std::string> TopicKeys(const v1::HistoryEntry& entry) {
  absl::string_view id = entry.event_id();
  uint64_t seq = 0;
  if (!absl::SimpleAtoi(LastId(id), &seq)) return {};
  return {TopicKey(CouncilOf(entry.subject()), id.substr(0, id.find('/')), seq)};
}

std::string TopicPrefix(absl::string_view council, absl::string_view topic) {
  constexpr absl::string_view kSeparator(&kEnd, 1);
  return absl::StrCat(council, kSeparator, topic, kSeparator);
}

std::string TopicKey(absl::string_view council, absl::string_view topic, uint64_t seq) {
  return absl::StrCat(TopicPrefix(council, topic), absl::Hex(seq, absl::kZeroPad16));
}

}  // namespace ccfa::insight
