#pragma once

#include <cstdint>
#include <string>

namespace ccfa::ctl {

/// How far long work has come, on standard error; silent where that is no terminal.
class ProgressBar {
 public:
  explicit ProgressBar(std::string what);
  ~ProgressBar();
  /// `total` 0: not known.
  void Show(uint64_t done, uint64_t total);

 private:
  const std::string what_;
  const bool terminal_;
  bool shown_ = false;
};

}  // namespace ccfa::ctl
