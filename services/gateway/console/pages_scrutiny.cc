// Overview and scrutiny: what is before it, a referral and its pack, a meeting.

#include "absl/strings/str_cat.h"
#include "ccfa/insight/v1/insight.pb.h"
#include "ccfa/scrutiny/v1/scrutiny.pb.h"
#include "common/core/names.h"
#include "services/gateway/console/call_lists.h"
#include "services/gateway/console/commands.h"
#include "services/gateway/console/visit.h"
#include "services/gateway/console/words.h"

namespace ccfa::gateway::console {
namespace {

namespace scrutiny = ccfa::scrutiny::v1;

constexpr int kBefore = 100;

template <class Request>
Request ListOf(const Visit& visit) {
  Request request;
  request.set_parent(visit.parent());
  request.set_page_size(kBefore);
  return request;
}

void AddReferrals(const Visit& visit, Page& page) {
  auto response =
      visit.Ask<scrutiny::ListReferralsResponse>(ListOf<scrutiny::ListReferralsRequest>(visit));
  if (!response.ok()) return;
  Table table{.caption = "Referrals", .columns = {"Referral", "What", "State", "Meeting"}};
  for (const scrutiny::Referral& referral : response->referrals()) {
    table.rows.push_back({LinkTo(referral.name()), referral.title(),
                          referral.agenda_overdue() ? Cell::Tag("No meeting took it in time", "red")
                                                    : Cell::Tag(WordsOf(referral.state()), "blue"),
                          LinkTo(referral.meeting())});
  }
  page.blocks.push_back(std::move(table));
}

void AddRecommendations(const Visit& visit, Page& page) {
  auto response = visit.Ask<scrutiny::ListRecommendationsResponse>(
      ListOf<scrutiny::ListRecommendationsRequest>(visit));
  if (!response.ok()) return;
  Table table{.caption = "Recommendations",
              .columns = {"Recommendation", "What", "State", "Stands"}};
  for (const scrutiny::Recommendation& item : response->recommendations()) {
    const bool red = item.rag() == scrutiny::RAG_RED;
    table.rows.push_back(
        {LinkTo(item.name()), item.text(), WordsOf(item.state()),
         item.rag() == scrutiny::RAG_UNSPECIFIED
             ? Cell("")
             : Cell::Tag(WordsOf(item.rag()), red                                 ? "red"
                                              : item.rag() == scrutiny::RAG_AMBER ? "orange"
                                                                                  : "green")});
  }
  page.blocks.push_back(std::move(table));
}

void AddMeetings(const Visit& visit, Page& page) {
  auto response =
      visit.Ask<scrutiny::ListMeetingsResponse>(ListOf<scrutiny::ListMeetingsRequest>(visit));
  if (!response.ok()) return;
  Table table{.caption = "Meetings", .columns = {"Day", "Committee", "Referrals"}};
  for (const scrutiny::Meeting& meeting : response->meetings()) {
    table.rows.push_back(
        {LinkTo(meeting.name()), meeting.committee(), absl::StrCat(meeting.referrals_size())});
  }
  page.blocks.push_back(std::move(table));
}

void AddReviews(const Visit& visit, Page& page) {
  auto reviews =
      visit.Ask<scrutiny::ListReviewsResponse>(ListOf<scrutiny::ListReviewsRequest>(visit));
  if (reviews.ok()) {
    Table table{.caption = "Reviews", .columns = {"Review", "Terms of reference", "Until"}};
    for (const scrutiny::Review& review : reviews->reviews()) {
      table.rows.push_back(
          {LinkTo(review.name()), review.scope().terms_of_reference(), review.scope().end_date()});
    }
    page.blocks.push_back(std::move(table));
  }
  auto cases =
      visit.Ask<scrutiny::ListCaseReviewsResponse>(ListOf<scrutiny::ListCaseReviewsRequest>(visit));
  if (!cases.ok()) return;
  Table table{.caption = "ASB case reviews", .columns = {"Case review", "Who applied", "State"}};
  for (const scrutiny::CaseReview& review : cases->case_reviews()) {
    table.rows.push_back({LinkTo(review.name()), WordsOf(review.application().applicant()),
                          WordsOf(review.state())});
  }
  page.blocks.push_back(std::move(table));
}

Table ItemsOf(const std::string& caption,
              const google::protobuf::RepeatedPtrField<scrutiny::AgendaItem>& items) {
  Table table{.caption = caption, .columns = {"Referral", "What", "Why"}};
  for (const scrutiny::AgendaItem& item : items)
    table.rows.push_back({LinkTo(item.name()), item.title(), item.why()});
  return table;
}

Summary DecisionOf(const scrutiny::Referral& referral) {
  const scrutiny::Decision& decision = referral.decision();
  Summary summary;
  summary.Add("Decision", WordsOf(decision.kind()));
  summary.Add("Reasons to the member", decision.reasons());
  summary.Add("Reasons to the caller", decision.reasons_to_caller());
  summary.Add("What was tried before", decision.criteria().attempts_made());
  summary.Add("A similar issue recently", decision.criteria().similar_issue_recently());
  summary.Add("Partners told and given time",
              decision.criteria().partner_informed_and_given_time());
  summary.Add("A complaint", decision.criteria().is_a_complaint());
  summary.Add("Already in scrutiny", decision.criteria().already_in_scrutiny());
  summary.Add("Decided", WhenOf(decision.time()));
  return summary;
}

}  // namespace

absl::StatusOr<Page> ScrutinyPage(const Visit& visit) {
  Page page{.title = "Overview and scrutiny", .live = visit.council};
  Links links;
  for (const char* id : {"schedule-meeting", "apply-for-case-review"}) {
    const Command* command = FindCommand("councils", id);
    if (visit.visitor.May(command->rpc->service()->full_name(), command->rpc->name()))
      links.links.push_back({command->title, absl::StrCat("/", visit.parent(), "/do/", id)});
  }
  page.blocks.push_back(std::move(links));
  AddReferrals(visit, page);
  AddRecommendations(visit, page);
  AddMeetings(visit, page);
  AddReviews(visit, page);
  return page;
}

absl::StatusOr<Page> MeetingPage(const Visit& visit) {
  scrutiny::GetAgendaRequest request;
  request.set_name(visit.name);
  auto agenda = visit.Ask<scrutiny::Agenda>(request);
  if (!agenda.ok()) return agenda.status();
  Page page{.title = absl::StrCat("Meeting of ", LastId(visit.name)),
            .kind = agenda->committee(),
            .back = {"Scrutiny", absl::StrCat("/", visit.parent(), "/scrutiny")},
            .live = visit.council};
  page.blocks.push_back(CommandsFor(visit, visit.name, "", ""));
  page.blocks.push_back(ItemsOf("To be decided", agenda->referrals()));
  page.blocks.push_back(ItemsOf("Deferred", agenda->deferred()));
  page.blocks.push_back(ItemsOf("In review", agenda->in_review()));
  Table overdue{.caption = "Overdue", .columns = {"What", "Who is late", "Since", "Days"}};
  for (const scrutiny::OverdueItem& item : agenda->overdue()) {
    overdue.rows.push_back({LinkTo(item.name(), WordsOf(item.kind())), TitleOf(LastId(item.who())),
                            item.due_date(), absl::StrCat(item.days_late())});
  }
  page.blocks.push_back(std::move(overdue));
  Summary partnership;
  partnership.Add("Partnership last considered", DayOf(agenda->partnership().consider_time()));
  partnership.Add("To be considered again by", DayOf(agenda->partnership().due_time()));
  page.blocks.push_back(std::move(partnership));
  return page;
}

absl::StatusOr<Page> ReferralPage(const Visit& visit) {
  scrutiny::GetReferralRequest request;
  request.set_name(visit.name);
  auto referral = visit.Ask<scrutiny::Referral>(request);
  if (!referral.ok()) return referral.status();
  Page page{.title = referral->title(),
            .kind = absl::StrCat("Referral ", LastId(visit.name)),
            .back = {"Scrutiny", absl::StrCat("/", visit.parent(), "/scrutiny")},
            .live = visit.council};
  Summary summary;
  summary.Add("State", Cell::Tag(WordsOf(referral->state()), "blue"));
  summary.Add("Why it was raised", referral->reason());
  summary.Add("Law", WordsOf(referral->regime()));
  summary.Add("Problem", LinkTo(referral->problem()));
  summary.Add("Team", LinkToTeam(visit, referral->team()));
  summary.Add("Ward", LinkToWard(visit, referral->ward()));
  summary.Add("Meeting", LinkTo(referral->meeting()));
  summary.Add("Received", DayOf(referral->receive_time()));
  summary.Add("Pack for the committee", Link{"Everything about it", "/" + visit.name + "/pack"});
  std::vector<Cell> recommendations;
  for (const std::string& name : referral->recommendations())
    recommendations.push_back(LinkTo(name));
  summary.Add("Recommendations", std::move(recommendations));
  summary.Add("What was done", referral->closing().done());
  summary.Add("Why it ended", referral->closing().why());
  page.blocks.push_back(std::move(summary));
  Links commands = CommandsFor(visit, visit.name, scrutiny::ReferralState_Name(referral->state()),
                               referral->etag());
  const std::string review = absl::StrCat(visit.parent(), "/reviews/", LastId(visit.name));
  if (referral->state() == scrutiny::REFERRAL_STATE_IN_REVIEW) {
    commands.links.push_back({"The review", "/" + review});
    if (visit.visitor.May("ccfa.scrutiny.v1.ScrutinyService", "ScopeReview"))
      commands.links.push_back({"Scope the review", absl::StrCat("/", review, "/do/scope-review")});
  }
  if (!commands.links.empty()) page.blocks.push_back(Heading{"What you can do"});
  page.blocks.push_back(std::move(commands));
  page.blocks.push_back(DecisionOf(*referral));
  absl::Status ended = AddTrailAndHistory(visit, referral->trail(), page);
  if (!ended.ok()) return ended;
  return page;
}

absl::StatusOr<Page> PackPage(const Visit& visit) {
  ccfa::insight::v1::GetReferralPackRequest request;
  request.set_name(visit.name);
  auto pack = visit.Ask<ccfa::insight::v1::ReferralPack>(request);
  if (!pack.ok()) return pack.status();
  Page page{.title = absl::StrCat("Pack of referral ", LastId(visit.name)),
            .back = {"Referral", "/" + visit.name}};
  page.blocks.push_back(Paragraph{pack->markdown()});
  return page;
}

}  // namespace ccfa::gateway::console
