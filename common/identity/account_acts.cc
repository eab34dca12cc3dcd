#include "common/identity/account_acts.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/identity/caller.h"

namespace ccfa::identity {
namespace {

constexpr char kAllCouncils[] = "councils/-";

std::set<std::string> CouncilsOf(const v1::Account& account, const v1::Account& before) {
  std::set<std::string> councils;
  for (const v1::Account* one : {&account, &before}) {
    for (const std::string& council : one->councils()) {
      councils.insert(council == kEveryCouncil ? kAllCouncils : absl::StrCat("councils/", council));
    }
  }
  // One that is for no council is the operator's business.
  if (councils.empty()) councils.insert(kAllCouncils);
  return councils;
}

/// "coordinator, analyst of E08900001": what an account may from now on.
std::string RightsOf(const v1::Account& account) {
  std::string rights = absl::StrCat(absl::StrJoin(account.roles(), ", "), " of ",
                                    absl::StrJoin(account.councils(), ", "));
  if (!account.wards().empty())
    absl::StrAppend(&rights, ", wards ", absl::StrJoin(account.wards(), ", "));
  if (!account.agency().empty()) absl::StrAppend(&rights, ", agency ", account.agency());
  return rights;
}

}  // namespace

Actor AtSignIn() {
  return {"system", "sign-in", ""};
}

absl::Status NoteAccount(const NoteAct& note, const Actor& who, record::v1::Act act,
                         const v1::Account& account, const v1::Account& before) {
  record::v1::ActRecorded recorded;
  recorded.set_act(act);
  recorded.set_on(account.name());
  if (act == record::v1::ACT_ACCOUNT_CREATED || act == record::v1::ACT_ROLES_SET)
    recorded.set_reason(RightsOf(account));
  for (const std::string& council : CouncilsOf(account, before)) {
    recorded.set_name(council);
    if (absl::Status noted = note(who, recorded); !noted.ok()) return noted;
  }
  return absl::OkStatus();
}

absl::Status NoteKey(const NoteAct& note, const Actor& who, const std::string& key) {
  record::v1::ActRecorded recorded;
  recorded.set_name(kAllCouncils);
  recorded.set_act(record::v1::ACT_SIGNING_KEY_ROTATED);
  recorded.set_on(absl::StrCat("keys/", key));
  return note(who, recorded);
}

}  // namespace ccfa::identity
