#include "services/insight/similarity.h"

#include "absl/strings/ascii.h"

namespace ccfa::insight {

Trigrams::Trigrams(absl::string_view text) {
  // A word begins and ends with a space, so that short words count and word ends differ from
  // middles. Bytes beyond ASCII are letters as they are.
  uint32_t run = ' ';
  auto take = [&](unsigned char letter) {
    run = (run << 8 | letter) & 0xff'ffff;
    if (run >> 16 != 0) runs_.insert(run);
  };
  for (unsigned char c : text) {
    bool is_letter = absl::ascii_isalnum(c) || c >= 0x80;
    if (is_letter) {
      take(absl::ascii_tolower(c));
    } else if ((run & 0xff) != ' ') {
      take(' ');
      run = ' ';
    }
  }
  if ((run & 0xff) != ' ') take(' ');
}

double Trigrams::LikenessTo(const Trigrams& other) const {
  size_t common = 0;
  for (uint32_t run : runs_) common += other.runs_.contains(run);
  size_t either = runs_.size() + other.runs_.size() - common;
  return either == 0 ? 0 : static_cast<double>(common) / static_cast<double>(either);
}

}  // namespace ccfa::insight
