#include "common/core/actor.h"

#include <gtest/gtest.h>

#include "common/core/refusal.h"

namespace ccfa {
namespace {

TEST(ParseActor, ReadsRoleIdAndAgency) {
  for (const char* text :
       {"councillor:okafor", "officer:reid@police", "administrator:root", "partner:fix-it"}) {
    auto actor = ParseActor(text);
    ASSERT_TRUE(actor.ok()) << actor.status();
    EXPECT_EQ(actor->ToString(), text);
  }
}

TEST(ParseActor, RefusesWhoCannotBe) {
  for (const char* text :
       {"", "okafor", "king:arthur", "councillor:", "officer:reid", "officer:reid@",
        "councillor:okafor@police", "system:sara", "councillor:o k", "councillor:a/b"}) {
    EXPECT_EQ(FieldOf(ParseActor(text).status()), "ccfa-actor") << text;
  }
}

}  // namespace
}  // namespace ccfa
