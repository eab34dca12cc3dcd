#include "common/engine/digest.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/core/hash.h"
#include "common/engine/books.h"
#include "common/state/snapshot.h"

namespace ccfa::engine {

std::string DigestOfTables(const std::shared_ptr<state::OpenDatabase>& database,
                           const std::string& tables) {
  state::Snapshot rows(database, tables);
  Digester digester;
  rows.Scan("", "", [&](absl::string_view key, absl::string_view value) {
    if (Books::IsCursor(key)) return true;
    // Lengths first: "ab"+"c" and "a"+"bc" are different rows.
    digester.Add(absl::StrCat(key.size(), " ", value.size(), " "));
    digester.Add(key);
    digester.Add(value);
    return true;
  });
  return absl::BytesToHexString(digester.Finish());
}

}  // namespace ccfa::engine
