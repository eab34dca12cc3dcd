// What a committee asks and finds: a review, a recommendation, an ASB case review.

#include "absl/strings/str_cat.h"
#include "ccfa/scrutiny/v1/scrutiny.pb.h"
#include "common/core/names.h"
#include "services/gateway/console/visit.h"
#include "services/gateway/console/words.h"

namespace ccfa::gateway::console {
namespace {

namespace scrutiny = ccfa::scrutiny::v1;

Link ToScrutiny(const Visit& visit) {
  return {"Scrutiny", absl::StrCat("/", visit.parent(), "/scrutiny")};
}

Table PanelOf(const scrutiny::Review& review) {
  Table table{.caption = "Panel", .columns = {"Member", "Interest", "What they do"}};
  for (const scrutiny::PanelMember& member : review.scope().panel()) {
    table.rows.push_back(
        {std::string(LastId(member.member())), member.interest(), WordsOf(member.stand())});
  }
  for (const scrutiny::CoOptee& member : review.co_optees())
    table.rows.push_back({member.member(), member.interest(), "Co-opted, without a vote"});
  return table;
}

/// A request to an agency has its answers' forms in its row.
template <class Item>
Cell AnswerLink(const Visit& visit, const Item& item, const std::string& state) {
  const Links links = CommandsFor(visit, item.name(), state, "");
  return links.links.empty() ? Cell("") : Cell(links.links.front());
}

Table InformationOf(const Visit& visit, const scrutiny::Review& review) {
  Table table{.caption = "Information requested",
              .columns = {"From", "What", "By", "State", "Answer", ""}};
  for (const scrutiny::InformationRequest& item : review.information_requests()) {
    table.rows.push_back(
        {TitleOf(LastId(item.agency())), item.what(), item.due_date(),
         item.overdue() ? Cell::Tag("Overdue", "red") : Cell(WordsOf(item.state())),
         item.has_refusal() ? item.refusal().words() : item.answer().text(),
         AnswerLink(visit, item, scrutiny::InformationRequestState_Name(item.state()))});
  }
  return table;
}

Table AttendanceOf(const Visit& visit, const scrutiny::Review& review) {
  Table table{.caption = "Attendance requested", .columns = {"From", "Whom", "On", "State", ""}};
  for (const scrutiny::AttendanceRequest& item : review.attendance_requests()) {
    table.rows.push_back(
        {TitleOf(LastId(item.agency())), item.who(), item.date(),
         item.overdue() ? Cell::Tag("Overdue", "red") : Cell(WordsOf(item.state())),
         AnswerLink(visit, item, scrutiny::AttendanceState_Name(item.state()))});
  }
  return table;
}

void AddHearings(const scrutiny::Review& review, Page& page) {
  Table witnesses{.caption = "Witnesses", .columns = {"Whom", "Of", "Why", "Heard on"}};
  for (const scrutiny::Witness& witness : review.witnesses())
    witnesses.rows.push_back(
        {witness.who(), witness.organisation(), witness.why(), witness.date()});
  Table sessions{.caption = "Sessions", .columns = {"Day", "What was heard"}};
  for (const scrutiny::Session& session : review.sessions())
    sessions.rows.push_back({session.date(), session.heard()});
  Table evidence{.caption = "Evidence", .columns = {"What", "What it shows", "Where"}};
  for (const scrutiny::ReviewEvidence& item : review.evidence())
    evidence.rows.push_back({item.title(), item.shows(), item.uri()});
  for (Table* table : {&witnesses, &sessions, &evidence}) page.blocks.push_back(std::move(*table));
}

Summary ReportOf(const scrutiny::Review& review) {
  Summary summary;
  const scrutiny::Report& report = review.report();
  summary.Add("Report", report.summary());
  summary.Add("Where it is", report.uri());
  for (const scrutiny::ScopingAnswer& answer : report.answers())
    summary.Add(absl::StrCat("Answer to question ", answer.number()), answer.answer());
  if (review.has_report()) {
    summary.Add("Votes",
                absl::StrCat(report.votes_for(), " for, ", report.votes_against(), " against"));
  }
  summary.Add("Published", DayOf(report.publish_time()));
  return summary;
}

}  // namespace

absl::StatusOr<Page> ReviewPage(const Visit& visit) {
  scrutiny::GetReviewRequest request;
  request.set_name(visit.name);
  auto review = visit.Ask<scrutiny::Review>(request);
  if (!review.ok()) return review.status();
  Page page{.title = absl::StrCat("Review ", LastId(visit.name)),
            .back = ToScrutiny(visit),
            .live = visit.council};
  Summary scope;
  scope.Add("Referral", LinkTo(review->referral()));
  scope.Add("Terms of reference", review->scope().terms_of_reference());
  for (int i = 0; i < review->scope().questions_size(); ++i)
    scope.Add(absl::StrCat("Question ", i + 1), review->scope().questions(i));
  scope.Add("From", review->scope().start_date());
  scope.Add("To", review->scope().end_date());
  for (const scrutiny::JoinedCommittee& joined : review->committees())
    scope.Add("Jointly with", absl::StrCat(joined.committee(), ", ", LastId(joined.council())));
  page.blocks.push_back(std::move(scope));
  Links commands = CommandsFor(visit, visit.name, "", review->etag());
  if (!commands.links.empty()) page.blocks.push_back(Heading{"What you can do"});
  page.blocks.push_back(std::move(commands));
  page.blocks.push_back(PanelOf(*review));
  page.blocks.push_back(InformationOf(visit, *review));
  page.blocks.push_back(AttendanceOf(visit, *review));
  AddHearings(*review, page);
  page.blocks.push_back(ReportOf(*review));
  return page;
}

absl::StatusOr<Page> RecommendationPage(const Visit& visit) {
  scrutiny::GetRecommendationRequest request;
  request.set_name(visit.name);
  auto item = visit.Ask<scrutiny::Recommendation>(request);
  if (!item.ok()) return item.status();
  Page page{.title = item->text(),
            .kind = absl::StrCat("Recommendation ", LastId(visit.name)),
            .back = ToScrutiny(visit),
            .live = visit.council};
  Summary summary;
  summary.Add("State", Cell::Tag(WordsOf(item->state()), "blue"));
  summary.Add("Stands", item->red_by_rule() ? Cell::Tag("Red: an update is overdue", "red")
                                            : Cell(WordsOf(item->rag())));
  summary.Add("Referral", LinkTo(item->referral()));
  summary.Add("Law", WordsOf(item->regime()));
  summary.Add("Made", DayOf(item->issue_time()));
  summary.Add("What came of it", item->outcome());
  page.blocks.push_back(std::move(summary));
  page.blocks.push_back(CommandsFor(
      visit, visit.name, scrutiny::RecommendationState_Name(item->state()), item->etag()));
  Table responses{.caption = "Who answers",
                  .columns = {"To", "Due", "Answer", "Reasons", "Action"}};
  for (const scrutiny::Response& response : item->responses()) {
    Cell answer = response.answer() == scrutiny::ANSWER_UNSPECIFIED
                      ? Cell::Tag(response.overdue() ? "Overdue" : "Awaited",
                                  response.overdue() ? "red" : "grey")
                      : Cell(WordsOf(response.answer()));
    responses.rows.push_back({TitleOf(LastId(response.recipient())), DayOf(response.due_time()),
                              std::move(answer), response.reasons(), response.action()});
  }
  page.blocks.push_back(std::move(responses));
  Timeline updates;
  for (const scrutiny::Update& update : item->updates())
    updates.entries.push_back(
        {WhenOf(update.time()), update.note(), update.by(), WordsOf(update.rag())});
  for (const scrutiny::Chase& chase : item->chases()) {
    updates.entries.push_back({WhenOf(chase.time()), "Reminded: " + chase.note(), chase.by(),
                               std::string(LastId(chase.recipient()))});
  }
  if (!updates.entries.empty()) {
    page.blocks.push_back(Heading{"How it goes"});
    page.blocks.push_back(std::move(updates));
  }
  return page;
}

absl::StatusOr<Page> CaseReviewPage(const Visit& visit) {
  scrutiny::GetCaseReviewRequest request;
  request.set_name(visit.name);
  auto review = visit.Ask<scrutiny::CaseReview>(request);
  if (!review.ok()) return review.status();
  Page page{.title = absl::StrCat("ASB case review ", LastId(visit.name)),
            .back = ToScrutiny(visit),
            .live = visit.council};
  Summary summary;
  summary.Add("State", Cell::Tag(WordsOf(review->state()), "blue"));
  summary.Add("Who applied", WordsOf(review->application().applicant()));
  summary.Add("Problem", LinkTo(review->application().problem()));
  summary.Add("By rule, the threshold is", review->finding().met() ? "met" : "not met");
  std::vector<Cell> reasons(review->finding().reasons().begin(), review->finding().reasons().end());
  summary.Add("Because", std::move(reasons));
  summary.Add("Opened", DayOf(review->open_time()));
  for (const scrutiny::CaseReviewQuestion& question : review->questions())
    summary.Add(question.question(),
                question.answer().empty() ? "No answer yet" : question.answer());
  for (const scrutiny::CaseReviewDecision& decision : review->decisions()) {
    summary.Add(absl::StrCat("Decided on ", DayOf(decision.time())),
                absl::StrCat(decision.met() ? "Met: " : "Not met: ", decision.reasons()));
  }
  summary.Add("Held on", review->hearing().date());
  std::vector<Cell> recommendations(review->hearing().recommendations().begin(),
                                    review->hearing().recommendations().end());
  summary.Add("Recommendations", std::move(recommendations));
  summary.Add("What the applicant was told", review->hearing().told());
  summary.Add("Appeal", review->appeal().grounds());
  page.blocks.push_back(std::move(summary));
  page.blocks.push_back(CommandsFor(
      visit, visit.name, scrutiny::CaseReviewState_Name(review->state()), review->etag()));
  return page;
}

}  // namespace ccfa::gateway::console
