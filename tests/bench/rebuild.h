#pragma once

#include <string>

namespace ccfa::bench {

/// Events a second of folding intake's tables again from its journal; and, as the raw limit, of
/// reading the same journal and putting the very rows that the tables end with, as bytes: the least
/// that any rebuild must do. Both without the write-ahead log. Medians of interleaved rounds.
struct RebuildRates {
  double rebuild = 0;
  double scan_and_put = 0;
};
RebuildRates MeasureRebuild(const std::string& folder, int events, int rounds);

}  // namespace ccfa::bench
