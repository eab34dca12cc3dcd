#include "common/core/actor.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/core/names.h"
#include "common/core/refusal.h"

namespace ccfa {
namespace {

constexpr std::array<absl::string_view, 10> kRoles = {
    "councillor", "coordinator", "officer",       "committee", "scrutiny",
    "analyst",    "public",      "administrator", "tasking",   "partner"};

}  // namespace

std::string Actor::ToString() const {
  return agency.empty() ? absl::StrCat(role, ":", id) : absl::StrCat(role, ":", id, "@", agency);
}

absl::StatusOr<Actor> ParseActor(absl::string_view text) {
  size_t colon = text.find(':');
  if (colon == absl::string_view::npos) {
    return InvalidField("ccfa-actor",
                        absl::StrCat("say who you are as ROLE:ID or officer:ID@AGENCY, got \"",
                                     text.substr(0, 80), "\""));
  }
  size_t at = text.find('@', colon);
  Actor actor{
      std::string(text.substr(0, colon)),
      std::string(text.substr(colon + 1, at == absl::string_view::npos ? at : at - colon - 1)),
      at == absl::string_view::npos ? "" : std::string(text.substr(at + 1))};
  if (std::find(kRoles.begin(), kRoles.end(), actor.role) == kRoles.end()) {
    return InvalidField("ccfa-actor",
                        absl::StrCat("the role is one of ", absl::StrJoin(kRoles, ", ")));
  }
  if (!IsId(actor.id) || (at != absl::string_view::npos && !IsId(actor.agency))) {
    return InvalidField("ccfa-actor", "ids are 1 to 64 characters of A-Z a-z 0-9 . _ -");
  }
  if ((actor.role == "officer") == actor.agency.empty()) {
    return InvalidField("ccfa-actor",
                        "an officer, and only an officer, names an agency: officer:ID@AGENCY");
  }
  return actor;
}

}  // namespace ccfa
