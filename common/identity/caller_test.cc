#include "common/identity/caller.h"

#include <gmock/gmock.h>

#include "common/core/refusal.h"

namespace ccfa::identity {
namespace {

using Json = nlohmann::json;

TEST(ToCaller, ReadsTheClaimsByTheProvidersNames) {
  auto names = ParseClaimNames("# ours\n roles=groups\nid=preferred_username\n");
  ASSERT_TRUE(names.ok()) << names.status();
  auto caller = ToCaller(Json{{"preferred_username", "quill"},
                              {"sub", "a|b"},
                              {"groups", {"staff-everywhere", "officer"}},
                              {"agency", "riverton-homes"},
                              {"councils", "E08900001"}},
                         *names);
  ASSERT_TRUE(caller.ok()) << caller.status();
  EXPECT_THAT(caller->roles, ::testing::ElementsAre("officer"));
  EXPECT_EQ(caller->As("officer").ToString(), "officer:quill@riverton-homes");
  EXPECT_TRUE(caller->IsOf("E08900001"));
  EXPECT_FALSE(caller->IsOf(""));
}

TEST(ToCaller, EveryCouncilIsSaidSo) {
  auto caller =
      ToCaller(Json{{"sub", "root"}, {"roles", "administrator"}, {"councils", {"*"}}}, {});
  ASSERT_TRUE(caller.ok()) << caller.status();
  EXPECT_TRUE(caller->IsOf("E07900001"));
}

TEST(ParseClaimNames, RefusesWhatItDoesNotKnow) {
  for (const char* text : {"role=groups", "roles", "roles="})
    EXPECT_EQ(FieldOf(ParseClaimNames(text).status()), "--identity-claims") << text;
}

}  // namespace
}  // namespace ccfa::identity
