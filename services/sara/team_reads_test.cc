#include "services/sara/team_reads.h"

#include "absl/strings/str_join.h"
#include "common/core/refusal.h"
#include "services/sara/given.h"

namespace ccfa::sara {
namespace {

constexpr char kPolice[] = "councils/E1/agencies/police";

/// "1 due 2026-07-20" for each action; page by page.
std::string Listed(Given& given, bool waiting, int page_size = 0) {
  std::vector<std::string> listed;
  v1::ListActionsRequest request;
  request.set_name(kPolice);
  request.set_waiting(waiting);
  request.set_page_size(page_size);
  do {
    v1::ListActionsResponse reply;
    EXPECT_TRUE(Answer(given.tables(), request, reply).ok());
    for (const v1::Action& action : reply.actions())
      listed.push_back(absl::StrCat(LastId(action.name()), " due ", action.due_date()));
    request.set_page_token(reply.next_page_token());
  } while (!request.page_token().empty());
  return absl::StrJoin(listed, ", ");
}

std::string Refused(const std::string& agency) {
  Given given;
  v1::ListActionsRequest request;
  request.set_name(agency);
  v1::ListActionsResponse reply;
  return std::string(ReasonOf(Answer(given.tables(), request, reply)));
}

// F27
TEST(ListActions, HasWhatIsDueFirstFirst) {
  Given given = ProposedAction();
  for (const char* day : {"2026-07-10", "2026-08-01"}) {
    auto more = FromText<v1::ProposeActionRequest>(kProposal);
    more.mutable_action()->set_due_date(day);
    ASSERT_EQ(given.When(kCoordinator, more), "ActionProposed");
  }
  const std::string all = "2 due 2026-07-10, 1 due 2026-07-20, 3 due 2026-08-01";
  EXPECT_EQ(Listed(given, /*waiting=*/true), all);
  EXPECT_EQ(Listed(given, /*waiting=*/true, /*page_size=*/1), all);
}

// F27
TEST(ListActions, WaitForTheirAgencyUntilTheyAreDeclinedOrDone) {
  Given accepted = AcceptedAction();
  EXPECT_EQ(Listed(accepted, /*waiting=*/true), "1 due 2026-07-20");
  Given done = ProblemInAssessment();
  EXPECT_EQ(Listed(done, /*waiting=*/true), "");
  EXPECT_EQ(Listed(done, /*waiting=*/false), "1 due 2026-07-20");
}

TEST(ListActions, RefusesWhatIsNoAgencyOfTheCouncil) {
  EXPECT_EQ(Refused(kPolice), "OK");
  EXPECT_EQ(Refused("councils/E1/agencies/fire"), "NOT_FOUND");
  EXPECT_EQ(Refused("councils/E1"), "INVALID_FIELD");
}

}  // namespace
}  // namespace ccfa::sara
