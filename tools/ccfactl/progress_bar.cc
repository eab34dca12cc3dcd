#include "tools/ccfactl/progress_bar.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace ccfa::ctl {

ProgressBar::ProgressBar(std::string what)
    : what_(std::move(what)), terminal_(isatty(STDERR_FILENO)) {}

ProgressBar::~ProgressBar() {
  if (shown_) std::fprintf(stderr, "\n");
}

void ProgressBar::Show(uint64_t done, uint64_t total) {
  if (!terminal_) return;
  shown_ = true;
  constexpr int kWidth = 30;
  if (total == 0) {
    std::fprintf(stderr, "\r%s %llu", what_.c_str(), static_cast<unsigned long long>(done));
    return;
  }
  int filled = static_cast<int>(std::min(done, total) * kWidth / total);
  std::fprintf(stderr, "\r%s [%s%s] %llu/%llu", what_.c_str(), std::string(filled, '#').c_str(),
               std::string(kWidth - filled, '.').c_str(), static_cast<unsigned long long>(done),
               static_cast<unsigned long long>(total));
}

}  // namespace ccfa::ctl
