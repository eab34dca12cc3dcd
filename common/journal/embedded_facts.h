#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/state/database.h"

namespace ccfa::journal {

/// What a database of journals knows beside its records, in its default family. All of it is written
/// before there are records, or while no process serves them.

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

/// Whether its journals are local copies of Kafka's.
absl::StatusOr<bool> HoldsKafkaCopies(state::Database& database);

/// OK when a process may open it. Otherwise FAILED_PRECONDITION saying what it is and what to do.
absl::Status CheckFinished(state::Database& database, const std::string& path);
absl::Status CheckEmbedded(state::Database& database, const std::string& path);

}  // namespace ccfa::journal
