#include "services/gateway/errands.h"

#include <gtest/gtest.h>

#include <vector>

#include "absl/synchronization/notification.h"

namespace ccfa::gateway {
namespace {

TEST(Errands, AreRunInTheirOrder) {
  absl::Notification all;
  std::vector<int> run;
  Errands errands(1);
  for (int i = 0; i < 3; ++i) {
    errands.Run([&run, &all, i] {
      run.push_back(i);
      if (i == 2) all.Notify();
    });
  }
  all.WaitForNotification();
  EXPECT_EQ(run, (std::vector<int>{0, 1, 2}));
}

TEST(Errands, AreRunAsManyAtATimeAsThereAreThreads) {
  absl::Notification first, second, both;
  Errands errands(2);
  errands.Run([&] {
    first.Notify();
    second.WaitForNotification();
    both.Notify();
  });
  errands.Run([&] {
    first.WaitForNotification();
    second.Notify();
  });
  both.WaitForNotification();
}

TEST(Errands, ThatAreUnderWayAreRunToTheirEndAndNoMoreAreTaken) {
  absl::Notification under_way;
  bool done = false, late = false;
  Errands errands(1);
  errands.Run([&] {
    under_way.Notify();
    done = true;
  });
  under_way.WaitForNotification();
  errands.Stop();
  EXPECT_TRUE(done);
  errands.Run([&] { late = true; });
  errands.Stop();
  EXPECT_FALSE(late);
}

}  // namespace
}  // namespace ccfa::gateway
