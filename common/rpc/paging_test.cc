#include "common/rpc/paging.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/core/refusal.h"
#include "common/rpc/server.h"
#include "common/rpc/status.h"

namespace ccfa::rpc {
namespace {

TEST(Page, GoesOnWhereTheLastOneEnded) {
  auto first = Page::Of(2, "", "calls of E1");
  ASSERT_TRUE(first.ok());
  EXPECT_TRUE(first->Take("a") && first->Take("b"));
  EXPECT_FALSE(first->Take("c"));
  auto second = Page::Of(2, first->NextToken(), "calls of E1");
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(second->after(), "b");
}

TEST(Page, HasNoNextWhenItWasTheLast) {
  auto page = Page::Of(2, "", "list");
  page->Take("a");
  page->Take("b");
  EXPECT_EQ(page->NextToken(), "");
}

TEST(Page, RefusesTokensOfOtherListsAndNegativeSizes) {
  auto page = Page::Of(1, "", "calls of E1");
  page->Take("a");
  page->Take("b");
  EXPECT_EQ(FieldOf(Page::Of(1, page->NextToken(), "calls of E2").status()), "page_token");
  EXPECT_EQ(FieldOf(Page::Of(1, "nonsense", "calls of E1").status()), "page_token");
  EXPECT_EQ(FieldOf(Page::Of(-1, "", "calls of E1").status()), "page_size");
}

TEST(Status, IsTheSameAfterTheWire) {
  for (const absl::Status& status :
       {absl::OkStatus(), InvalidField("name", "is required"), GateNotMet("response", {{"a", "b"}}),
        TryLater(absl::StatusCode::kResourceExhausted, "QUEUE_FULL", "full", 250)}) {
    EXPECT_EQ(FromGrpc(ToGrpc(status)), status);
  }
}

TEST(CheckReach, TakesThisMachineOnlyWithoutTls) {
  for (const char* address : {"127.0.0.1:0", "127.1.2.3:7400", "localhost:1", "[::1]:7400"}) {
    EXPECT_TRUE(CheckReach(address, {}).ok()) << address;
  }
  for (const char* address : {"0.0.0.0:7400", "[::]:7400", "10.0.0.1:7400", "example.org:7400",
                              "127.example.org:7400", "7400", ""}) {
    EXPECT_EQ(ReasonOf(CheckReach(address, {})), "LOOPBACK_ONLY") << address;
    EXPECT_TRUE(CheckReach(address, {"cert", "key", "ca"}).ok()) << address;
  }
}

}  // namespace
}  // namespace ccfa::rpc
