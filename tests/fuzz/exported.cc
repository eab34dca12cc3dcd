#include <sstream>

#include "common/proof/export_file.h"
#include "tests/fuzz/fuzz.h"

// An exported journal from somebody else: read to its end, or refused; and what is read to its end
// is what a writer writes.
int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string bytes(ccfa::fuzz::TextOf(data, size));
  std::istringstream in(bytes);
  auto reader = ccfa::proof::ExportReader::Open(in);
  if (!reader.ok()) return 0;
  std::ostringstream out;
  ccfa::proof::ExportWriter writer(out);
  writer.Begin((*reader)->council()).IgnoreError();
  while (true) {
    auto item = (*reader)->Next();
    if (!item.ok()) return 0;
    if (!*item) break;
    writer.Add((*item)->topic, (*item)->record).IgnoreError();
  }
  writer.End().IgnoreError();
  // A topic without records is read, and not written again.
  ccfa::fuzz::Require(out.str().size() <= bytes.size(), "nothing is read that was not there");
  return 0;
}
