#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/state/database.h"

namespace ccfa::journal {

/// Under it stands how far each local copy of a journal on Kafka is.
inline constexpr char kPlacePrefix[] = "place/";

/// What a database of journals knows beside its records, in its default family. All of it is
/// written before there are records, or while no process serves them.

/// The partitions of every topic: 1 where nothing is said; 0 where there are no records either.
absl::StatusOr<int> PartitionsOf(state::Database& database, const std::vector<std::string>& topics);
absl::Status SetPartitions(state::Database& database, int partitions);

/// The epoch under which a partition is written; 1 where nothing is said.
absl::StatusOr<uint64_t> EpochOf(state::Database& database, const std::string& topic,
                                 int partition);
absl::Status SetEpoch(state::Database& database, const std::string& topic, int partition,
                      uint64_t epoch);

/// Whether a copy into it began, and did not come to its end.
absl::StatusOr<bool> IsUnfinished(state::Database& database);
absl::Status SetUnfinished(state::Database& database, bool unfinished);

/// A folder is one or the other for ever: a process that opens it otherwise would take another
/// history for its own. OK when it may be opened so. Otherwise FAILED_PRECONDITION saying what is
/// in `path` and what to do.
absl::Status CheckHoldsJournals(state::Database& database, const std::string& path);
/// The first time, notes that it holds local copies of Kafka's.
absl::Status CheckHoldsKafkaCopies(state::Database& database,
                                   const std::vector<std::string>& topics, const std::string& path);
/// And when no copy into it is unfinished.
absl::Status CheckFinished(state::Database& database, const std::string& path);

}  // namespace ccfa::journal
