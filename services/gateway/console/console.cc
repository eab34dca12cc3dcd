#include "services/gateway/console/console.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/types/span.h"
#include "ccfa/identity/v1/identity.pb.h"
#include "common/core/names.h"
#include "common/core/proto_time.h"
#include "common/core/random.h"
#include "common/core/refusal.h"
#include "common/core/utf8.h"
#include "services/gateway/console/edited.h"
#include "services/gateway/console/replies.h"
#include "services/gateway/console/ward_areas.h"
#include "services/gateway/path_template.h"
#include "services/gateway/problem.h"

namespace ccfa::gateway::console {
namespace {

constexpr char kDoorCookie[] = "ccfa_door";
constexpr int kDoorBytes = 16;
constexpr absl::Duration kSignInPatience = absl::Minutes(15), kDoorStaysOpen = absl::Hours(24);
constexpr char kFormType[] = "application/x-www-form-urlencoded";

struct Place {
  /// What the page's thing is called there, by google.api.http's rules.
  const char* path;
  PageOf page;
  bool for_anybody = false;
};

constexpr Place kPlaces[] = {
    {"/", StartPage, true},
    {"/track", TrackPage, true},
    {"/{name=councils/*}/published", PublishedPage, true},
    {"/councils", CouncilsPage},
    {"/{name=councils/*}", HomePage},
    {"/{name=councils/*}/calls", CallsPage},
    {"/{name=councils/*}/calls/new", NewCallPage},
    {"/{name=councils/*/calls/*}", CallPage},
    {"/{name=councils/*}/triage", TriagePage},
    {"/{name=councils/*}/wards", WardsPage},
    {"/{name=councils/*/wards/*}", WardPage},
    {"/{name=councils/*}/teams", TeamsPage},
    {"/{name=councils/*/teams/*}", TeamPage},
    {"/{name=councils/*/teams/*/meetings/*}", TeamMeetingPage},
    {"/{name=councils/*}/problems", ProblemsPage},
    {"/{name=councils/*/problems/*}", ProblemPage},
    {"/{name=councils/*/problems/*/actions/*}", ActionPage},
    {"/{name=councils/*}/actions", ActionsPage},
    {"/{name=councils/*}/scrutiny", ScrutinyPage},
    {"/{name=councils/*/meetings/*}", MeetingPage},
    {"/{name=councils/*/referrals/*}", ReferralPage},
    {"/{name=councils/*/referrals/*}/pack", PackPage},
    {"/{name=councils/*/reviews/*}", ReviewPage},
    {"/{name=councils/*/recommendations/*}", RecommendationPage},
    {"/{name=councils/*/caseReviews/*}", CaseReviewPage},
    {"/{name=councils/*}/figures", FiguresPage},
    {"/{name=councils/*}/admin", AdministrationPage},
    {"/accounts", AccountsPage},
    {"/{name=accounts/*}", AccountPage},
};

struct FoundPlace {
  const Place* place = nullptr;
  std::string name;
};

/// A path of which all is text; none otherwise.
std::optional<Path> ReadPath(const std::string& path) {
  std::optional<Path> read = ParsePath(path);
  const bool is_text = read && std::all_of(read->segments.begin(), read->segments.end(),
                                           [](const std::string& part) { return IsUtf8(part); });
  return is_text ? read : std::nullopt;
}

/// The page at a path; none where there is no such page.
std::optional<FoundPlace> FindPlace(const std::string& path) {
  if (path == "/") return FoundPlace{&kPlaces[0], ""};
  static const auto* templates = [] {
    auto* made = new std::vector<PathTemplate>();
    for (const Place& place : absl::MakeSpan(kPlaces).subspan(1))
      made->push_back(*PathTemplate::Parse(place.path));
    return made;
  }();
  std::optional<Path> parsed = ReadPath(path);
  if (!parsed) return std::nullopt;
  for (size_t i = 0; i < templates->size(); ++i) {
    std::optional<PathTemplate::Bound> bound = (*templates)[i].Match(*parsed);
    if (bound) return FoundPlace{&kPlaces[i + 1], bound->empty() ? "" : bound->front().second};
  }
  return std::nullopt;
}

absl::Status NoSuchPage() {
  return Refuse(absl::StatusCode::kNotFound, "NO_SUCH_PAGE",
                "Nothing is at this address. It may have been mistyped.");
}

/// Where to go after signing in: a path of this site, whatever was asked for.
std::string Within(const std::string& to) {
  const bool is_path = absl::StartsWith(to, "/") && !absl::StartsWith(to, "//") &&
                       to.find_first_of("\\\r\n\t") == std::string::npos;
  return is_path ? to : "/";
}

/// Where somebody who is signed in begins: at their council, or at the list of those they have.
std::string StartOf(const Visitor& visitor) {
  const std::vector<std::string>& councils = visitor.who.councils;
  const bool has_one = councils.size() == 1 && councils.front() != identity::kEveryCouncil;
  return has_one ? "/councils/" + councils.front() : "/councils";
}

/// A form of another site is refused before it is read: browsers say where it is from.
bool IsFromElsewhere(const http::Request& request) {
  const std::string site = request.headers.Get("Sec-Fetch-Site");
  if (!site.empty() && site != "same-origin" && site != "none") return true;
  const std::string origin = request.headers.Get("Origin");
  if (origin.empty()) return false;
  const size_t host = origin.find("://");
  return host == std::string::npos || origin.substr(host + 3) != request.headers.Get("Host");
}

std::string ProviderCookieName(bool tls) {
  return tls ? "__Host-ccfa_provider" : "ccfa_provider";
}

/// A link and no redirect: forms of this site lead nowhere else (CSP).
Page SignedOutHere(const std::string& there) {
  Page page{.title = "You are signed out here"};
  page.blocks = {
      Paragraph{"Your council's own sign-in may still know you: then whoever uses this "
                "browser next comes in as you. On a shared computer, sign out there too."},
      Links{{{"Sign out there too", there}, {"Start", "/"}}}};
  return page;
}

/// What was just done, by the command that did it.
std::string DoneBy(const std::string& id) {
  for (const auto& command : EveryCommand()) {
    if (command.id == id) return command.title;
  }
  return "";
}

}  // namespace

http::Response Console::Answer(const http::Request& request, const absl::Status& admitted) {
  if (!admitted.ok()) return Reply(PageAbout(admitted), Visitor(), "");
  if (absl::StartsWith(request.path, "/assets/")) return File(request);
  const identity::ClaimNames names =
      provider_ ? provider_->settings().names : identity::ClaimNames();
  const Visitor visitor = VisitorOf(request, tls_, time_.Now(), names);
  if (request.method == "GET") return Get(request, visitor);
  if (request.method == "POST") return Post(request, visitor);
  Page page = PageAbout(Refuse(absl::StatusCode::kUnimplemented, "METHOD_NOT_ALLOWED",
                               "Pages are looked at and forms sent; nothing else."));
  http::Response response = Reply(page, visitor, "");
  response.headers.Add("Allow", "GET, POST");
  return response;
}

http::Response Console::Get(const http::Request& request, const Visitor& visitor) {
  absl::StatusOr<Posted> query = Posted::Parse(request.query);
  if (!query.ok()) return Reply(PageAbout(query.status()), visitor, "");
  if (request.path == "/sign-in" && provider_)
    return GoToProvider(visitor, Within(query->Get("to")));
  if (request.path == "/sign-in/back" && provider_)
    return BackFromProvider(request, visitor, *query);
  if (request.path == "/sign-in")
    return SignInForm(request, visitor, Within(query->Get("to")), "", absl::OkStatus());
  if (request.path == "/" && visitor.signed_in()) return GoTo(StartOf(visitor));
  std::optional<FoundPlace> found = FindPlace(request.path);
  const bool for_anybody = found && found->place->for_anybody;
  if (!visitor.signed_in() && !for_anybody) {
    std::string to = request.path;
    if (!request.query.empty()) absl::StrAppend(&to, "?", request.query);
    return GoTo("/sign-in?to=" + Escaped(to));
  }
  if (absl::EndsWith(request.path, "/wards.json")) {
    const std::string council(CouncilOf(absl::string_view(request.path).substr(1)));
    return WardAreas(visitor, council);
  }
  if (absl::EndsWith(request.path, "/live")) {
    const std::string council(CouncilOf(absl::string_view(request.path).substr(1)));
    return Live(request, visitor, council);
  }
  if (absl::StrContains(request.path, "/do/")) return Command(request, visitor, *query, false);
  if (!found) return Reply(PageAbout(NoSuchPage()), visitor, "");
  const Asker asker(upstream_, visitor);
  const Visit visit{visitor, asker,      found->name, std::string(CouncilOf(found->name)),
                    *query,  time_.Now()};
  absl::StatusOr<Page> page = found->place->page(visit);
  if (!page.ok() && page.status().code() == absl::StatusCode::kUnauthenticated &&
      visitor.signed_in()) {
    // The token ended before its time.
    http::Response response = GoTo("/sign-in?to=" + Escaped(request.path));
    response.headers.Add("Set-Cookie", SetSession("", tls_, absl::ZeroDuration()));
    return response;
  }
  if (!page.ok()) return Reply(PageAbout(page.status()), visitor, visit.council);
  page->done = DoneBy(query->Get("done"));
  return Reply(*page, visitor, visit.council, tiles_);
}

http::Response Console::Post(const http::Request& request, const Visitor& visitor) {
  if (!absl::StartsWithIgnoreCase(request.headers.Get("Content-Type"), kFormType)) {
    return Reply(PageAbout(Refuse(absl::StatusCode::kInvalidArgument, "NOT_A_FORM",
                                  "Only forms are taken here.")),
                 visitor, "");
  }
  absl::StatusOr<Posted> posted = Posted::Parse(request.body);
  if (!posted.ok()) return Reply(PageAbout(posted.status()), visitor, "");
  const std::string secret = visitor.signed_in() ? visitor.token : CookieOf(request, kDoorCookie);
  if (IsFromElsewhere(request) || !IsProofOf(posted->Get("csrf"), secret)) {
    return Reply(PageAbout(Forbidden("NOT_OUR_FORM",
                                     "This form did not come from here, or is older than your "
                                     "session. Open the page again, and send it from there.")),
                 visitor, "");
  }
  if (request.path == "/sign-in" && !provider_) return SignIn(request, visitor, *posted);
  if (request.path == "/sign-out") return SignOut(visitor);
  if (!visitor.signed_in()) return GoTo("/sign-in");
  return Command(request, visitor, *posted, true);
}

http::Response Console::Command(const http::Request& request, const Visitor& visitor,
                                const Posted& posted, bool is_posted) {
  std::optional<Path> path = ReadPath(request.path);
  std::vector<std::string> segments = path ? path->segments : std::vector<std::string>();
  const bool is_command = segments.size() >= 2 && segments[segments.size() - 2] == "do";
  if (!is_command || !path->verb.empty()) return Reply(PageAbout(NoSuchPage()), visitor, "");
  const std::string id = segments.back();
  segments.resize(segments.size() - 2);
  const std::string name = absl::StrJoin(segments, "/");
  const auto* command = FindCommand(KindOf(name), id);
  if (command == nullptr) return Reply(PageAbout(NoSuchPage()), visitor, "");
  const Asker asker(upstream_, visitor);
  const Visit visit{visitor, asker, name, std::string(CouncilOf(name)), posted, time_.Now()};
  if (!is_posted) {
    absl::StatusOr<std::unique_ptr<google::protobuf::Message>> now = RequestToEdit(*command, visit);
    if (!now.ok()) return Reply(PageAbout(now.status()), visitor, visit.council);
    const Posted shown = command->edits.empty() ? Posted() : AsPosted(command->fields, **now);
    return Reply(CommandPage(*command, visit, shown), visitor, visit.council, tiles_);
  }
  absl::StatusOr<Outcome> outcome = Do(*command, visit, posted);
  if (!outcome.ok()) {
    return Reply(RefusedPage(*command, visit, posted, outcome.status()), visitor, visit.council,
                 tiles_);
  }
  if (outcome->look) return Reply(*outcome->look, visitor, visit.council, tiles_);
  const std::string next = absl::StrCat(outcome->path, "?done=", command->id);
  if (outcome->advice.empty()) return GoTo(next);
  Page page{.title = "Before you go on"};
  page.blocks = {Notice{outcome->advice}, Links{{{"Go on", next}}}};
  return Reply(page, visitor, visit.council);
}

http::Response Console::SignInForm(const http::Request& request, const Visitor& visitor,
                                   const std::string& to, const std::string& name,
                                   const absl::Status& refusal) {
  std::string door = CookieOf(request, kDoorCookie);
  const bool is_new = door.empty();
  if (is_new) door = RandomHex(kDoorBytes);
  const std::string& secret = visitor.signed_in() ? visitor.token : door;
  Form form{.id = "sign-in", .action = "/sign-in", .button = "Sign in"};
  form.inputs = {{.name = "name", .label = "Name", .value = name, .autocomplete = "username"},
                 {.name = "password",
                  .label = "Password",
                  .kind = Input::Kind::kPassword,
                  .autocomplete = "current-password"},
                 {.name = "code",
                  .label = "Code (optional)",
                  .hint = "From your authenticator, if your account has one",
                  .autocomplete = "one-time-code"}};
  form.hidden = {{"csrf", ProofOf(secret)}, {"to", to}};
  Page page{.title = "Sign in"};
  if (!refusal.ok()) {
    page.status = HttpStatusOf(refusal);
    form.errors.emplace_back(refusal.message());
  }
  page.blocks.push_back(std::move(form));
  http::Response response = Reply(page, visitor, "");
  if (is_new)
    response.headers.Add("Set-Cookie", SetCookie(kDoorCookie, door, tls_, kDoorStaysOpen));
  return response;
}

http::Response Console::SignIn(const http::Request& request, const Visitor& visitor,
                               const Posted& posted) {
  ccfa::identity::v1::SignInRequest sign_in;
  sign_in.set_name(absl::StrCat("accounts/", posted.Get("name")));
  sign_in.set_password(posted.Exactly("password"));
  sign_in.set_code(posted.Get("code"));
  const Visitor nobody;
  auto answer = Asker(upstream_, nobody).Ask<ccfa::identity::v1::SignInResponse>(sign_in);
  if (!answer.ok()) {
    return SignInForm(request, visitor, Within(posted.Get("to")), posted.Get("name"),
                      answer.status());
  }
  http::Response response = GoTo(Within(posted.Get("to")));
  response.headers.Add("Set-Cookie", SetSession(answer->token(), tls_,
                                                FromProto(answer->expire_time()) - time_.Now()));
  return response;
}

http::Response Console::GoToProvider(const Visitor& visitor, const std::string& to) {
  absl::StatusOr<Provider::Begun> begun = provider_->Begin(to);
  if (!begun.ok()) return Reply(PageAbout(begun.status()), visitor, "");
  http::Response response = GoTo(begun->url);
  response.headers.Add("Set-Cookie",
                       SetCookie(ProviderCookieName(tls_), begun->cookie, tls_, kSignInPatience));
  return response;
}

http::Response Console::BackFromProvider(const http::Request& request, const Visitor& visitor,
                                         const Posted& query) {
  absl::StatusOr<Provider::Ended> ended = provider_->End(
      query.Get("code"), query.Get("state"), CookieOf(request, ProviderCookieName(tls_)));
  if (!ended.ok()) return Reply(PageAbout(ended.status()), visitor, "");
  http::Response response = GoTo(Within(ended->to));
  response.headers.Add("Set-Cookie", SetSession(ended->token, tls_, ended->until - time_.Now()));
  response.headers.Add("Set-Cookie",
                       SetCookie(ProviderCookieName(tls_), "", tls_, absl::ZeroDuration()));
  return response;
}

http::Response Console::SignOut(const Visitor& visitor) {
  ccfa::identity::v1::SignOutRequest sign_out;
  sign_out.set_token(visitor.token);
  absl::StatusOr<ccfa::identity::v1::SignOutResponse> ended =
      Asker(upstream_, visitor).Ask<ccfa::identity::v1::SignOutResponse>(sign_out);
  // A provider's token is not ours to end: only this browser's cookie is.
  const bool is_over =
      ended.ok() || provider_ || ended.status().code() == absl::StatusCode::kUnauthenticated;
  if (!is_over) return Reply(PageAbout(ended.status()), visitor, "");
  const std::string there = provider_ ? provider_->SignOutUrl() : "";
  http::Response response = there.empty() ? GoTo("/") : Reply(SignedOutHere(there), Visitor(), "");
  response.headers.Add("Set-Cookie", SetSession("", tls_, absl::ZeroDuration()));
  return response;
}

http::Response Console::WardAreas(const Visitor& visitor, const std::string& council) {
  absl::StatusOr<std::string> areas = WardsAsGeoJson(Asker(upstream_, visitor), council);
  if (!areas.ok()) return ToProblem(areas.status());
  http::Response response;
  response.headers.Add("Content-Type", "application/geo+json");
  response.headers.Add("Cache-Control", "private, max-age=300");
  response.headers.Add("X-Content-Type-Options", "nosniff");
  response.body = *std::move(areas);
  return response;
}

http::Response Console::Live(const http::Request& request, const Visitor& visitor,
                             const std::string& council) {
  ccfa::insight::v1::ListEventsRequest events;
  events.set_parent(absl::StrCat("councils/", council));
  return events_.Open(request, std::move(events),
                      {{"authorization", absl::StrCat("Bearer ", visitor.token)}});
}

}  // namespace ccfa::gateway::console
