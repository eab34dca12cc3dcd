#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/gateway/console/ask.h"
#include "services/gateway/console/page.h"
#include "services/gateway/console/posted.h"
#include "services/gateway/console/visitor.h"

namespace ccfa::gateway::console {

/// One look at a page: who looks, at what, and what they asked for.
struct Visit {
  const Visitor& visitor;
  const Asker& asker;
  /// The thing it is about, by resource name: of a list, what has it.
  std::string name;
  /// The council, by its code; empty where it is about none.
  std::string council;
  Posted query;
  absl::Time now;

  /// councils/{council}
  std::string parent() const { return absl::StrCat("councils/", council); }
  template <class Answer>
  absl::StatusOr<Answer> Ask(const google::protobuf::Message& request) const {
    return asker.Ask<Answer>(request);
  }
};

/// The page for it, or why there is none.
using PageOf = absl::StatusOr<Page> (*)(const Visit& visit);

// What can be asked for, each with the rows it keeps (F71, F78, F79).
absl::StatusOr<Page> HomePage(const Visit& visit);
absl::StatusOr<Page> CouncilsPage(const Visit& visit);
absl::StatusOr<Page> CallsPage(const Visit& visit);
absl::StatusOr<Page> CallPage(const Visit& visit);
absl::StatusOr<Page> NewCallPage(const Visit& visit);
absl::StatusOr<Page> TriagePage(const Visit& visit);
absl::StatusOr<Page> WardsPage(const Visit& visit);
absl::StatusOr<Page> WardPage(const Visit& visit);
absl::StatusOr<Page> TeamsPage(const Visit& visit);
absl::StatusOr<Page> TeamPage(const Visit& visit);
absl::StatusOr<Page> TeamMeetingPage(const Visit& visit);
absl::StatusOr<Page> ProblemsPage(const Visit& visit);
absl::StatusOr<Page> ProblemPage(const Visit& visit);
absl::StatusOr<Page> ActionPage(const Visit& visit);
absl::StatusOr<Page> ActionsPage(const Visit& visit);
absl::StatusOr<Page> ScrutinyPage(const Visit& visit);
absl::StatusOr<Page> MeetingPage(const Visit& visit);
absl::StatusOr<Page> ReferralPage(const Visit& visit);
absl::StatusOr<Page> PackPage(const Visit& visit);
absl::StatusOr<Page> ReviewPage(const Visit& visit);
absl::StatusOr<Page> RecommendationPage(const Visit& visit);
absl::StatusOr<Page> CaseReviewPage(const Visit& visit);
absl::StatusOr<Page> FiguresPage(const Visit& visit);
absl::StatusOr<Page> AdministrationPage(const Visit& visit);
absl::StatusOr<Page> AccountsPage(const Visit& visit);
absl::StatusOr<Page> AccountPage(const Visit& visit);
// For anybody.
absl::StatusOr<Page> StartPage(const Visit& visit);
absl::StatusOr<Page> TrackPage(const Visit& visit);
absl::StatusOr<Page> PublishedPage(const Visit& visit);

/// The links to what this visitor may do to a thing in that state: its enum value's name.
Links CommandsFor(const Visit& visit, const std::string& name, absl::string_view state,
                  const std::string& etag);

/// A link by its title to a ward, by its code or its name, and to a team; an empty cell where there
/// is none.
Cell LinkToWard(const Visit& visit, const std::string& ward);
Cell LinkToTeam(const Visit& visit, const std::string& team);

/// The page of a list behind this one; empty where there is none.
std::string NextOf(const std::string& path, const Visit& visit, const std::string& page_token);

}  // namespace ccfa::gateway::console
