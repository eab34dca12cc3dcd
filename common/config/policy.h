#pragma once

#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/state/table.h"
#include "google/protobuf/message.h"

namespace ccfa::config {

/// Sets in `rules` what `own` sets. A clock's rule and a list are taken whole, not in part.
void SetOver(google::protobuf::Message& rules, const google::protobuf::Message& own);

/// A council's rules of one service: what it set itself, over the defaults, which outlive them.
template <class Rules>
std::shared_ptr<const Rules> RulesOf(const state::Table<Rules>& own, absl::string_view council,
                                     const Rules& defaults) {
  auto set = own.Get(absl::StrCat("councils/", council));
  // Most councils set nothing: no copy is made for them.
  if (!set) return {std::shared_ptr<const Rules>(), &defaults};
  auto rules = std::make_shared<Rules>(defaults);
  SetOver(*rules, *set);
  return rules;
}

}  // namespace ccfa::config
