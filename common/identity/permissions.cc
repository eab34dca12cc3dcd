#include "common/identity/permissions.h"

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/types/span.h"

namespace ccfa::identity {
namespace {

constexpr auto kNoCouncil = Permission::About::kNoCouncil;

// clang-format off
/// Rows of one service. What a role may here is the outer fence; what the law or the state of a
/// thing forbids beyond it the service's own rules refuse, with reasons of their own.
constexpr Permission kIntake[] = {
    {"LogCall", "councillor@ward coordinator officer partner administrator"},
    {"AcknowledgeCall", "coordinator administrator"},
    {"ClassifyCall", "coordinator scrutiny administrator"},
    {"RecordStanding", "councillor coordinator administrator"},
    {"AcceptCall", "coordinator administrator"},
    {"DeclineCall", "coordinator administrator"},
    {"ProposeRuling", "coordinator administrator"},
    {"ConfirmRuling", "scrutiny committee administrator"},
    {"RejectRuling", "scrutiny committee administrator"},
    {"AppealRuling", "councillor coordinator public administrator"},
    {"DecideAppeal", "scrutiny committee administrator"},
    {"ReferCallToService", "coordinator administrator"},
    {"ReferCallToCouncil", "coordinator administrator"},
    {"AskForInformation", "coordinator administrator"},
    {"GiveInformation", "councillor coordinator public partner administrator"},
    {"WithdrawCall", "councillor coordinator administrator"},
    {"ParkCall", "councillor coordinator administrator"},
    {"RecallCall", "councillor coordinator administrator"},
    {"AnswerCaller", "councillor coordinator administrator"},
    {"TellCaller", "councillor coordinator administrator"},
    {"NoteReply", "councillor coordinator partner administrator"},
    {"AssessHarm", "councillor coordinator officer analyst administrator"},
    {"ReportNotFixed", "councillor coordinator public partner administrator"},
    {"SayAffected", "councillor coordinator public administrator"},
    {"RecordExport", "coordinator scrutiny committee analyst administrator"},
    {"GetCall", "staff"},
    {"ListClocks", "staff partner"},
};

/// Who called. Of whom an officer's agency may see what is an agreement's to say, which a rule reads.
constexpr Permission kCaller[] = {
    {"ChangeCaller", "councillor coordinator administrator"},
    {"RecordConsent", "councillor coordinator administrator"},
    {"WithdrawConsent", "councillor coordinator administrator"},
    {"OpenCaller", "councillor coordinator officer"},
    {"EraseCaller", "coordinator administrator"},
    {"RotateKeys", "administrator"},
};

constexpr Permission kRouting[] = {
    {"RegisterCouncil", "administrator"},
    {"RegisterWard", "administrator"},
    {"RetireWard", "administrator"},
    {"RegisterArea", "administrator"},
    {"RegisterPostcodes", "administrator"},
    {"RegisterAgency", "administrator"},
    {"RegisterCouncillor", "administrator"},
    {"CreateTeam", "coordinator administrator"},
    {"ChangeTeam", "coordinator administrator"},
    {"AssignCall", "coordinator administrator"},
    {"ConfigureCouncil", "administrator"},
    // A council's places and rules are no secret, and who reports something has no account.
    {"GetCouncilConfig", "anyone"},
    {"RecordAgreement", "administrator"},
    {"ListAgreements", "staff"},
    {"Locate", "everybody", kNoCouncil},
    {"GetCouncil", "anyone"},
    {"ListCouncils", "anyone", kNoCouncil},
    {"GetWard", "everybody"},
    {"ListWards", "everybody"},
    {"GetTeam", "everybody"},
    {"ListTeams", "everybody"},
    {"ListAgencies", "everybody"},
    {"ListAreas", "everybody"},
    {"ListGaps", "staff"},
    {"RecutCalls", "staff"},
    {"ListCouncillors", "everybody"},
    {"GetPlacement", "staff"},
    {"ListTriage", "staff"},
};

constexpr Permission kSara[] = {
    {"TakeUpProblem", "coordinator tasking administrator"},
    {"ReferProblem", "coordinator tasking administrator"},
    {"ParkProblem", "coordinator tasking administrator"},
    {"AttachCall", "coordinator analyst administrator"},
    {"RecordScan", "coordinator officer analyst administrator"},
    {"AddSource", "coordinator officer analyst administrator"},
    {"RecordAnalysis", "coordinator officer analyst administrator"},
    {"AddHypothesis", "coordinator officer analyst administrator"},
    {"RejectHypothesis", "coordinator officer analyst administrator"},
    {"SetObjective", "coordinator analyst administrator"},
    {"PlanAssessment", "coordinator analyst administrator"},
    {"EnterStage", "coordinator administrator"},
    {"ProposeAction", "coordinator tasking officer administrator"},
    {"AcceptAction", "officer@agency administrator"},
    {"DeclineAction", "officer@agency administrator"},
    {"CompleteAction", "officer@agency administrator"},
    {"ReassignAction", "coordinator tasking administrator"},
    {"RecordAssessment", "coordinator analyst administrator"},
    {"RaiseProblem", "councillor coordinator tasking administrator"},
    {"CommitResources", "tasking administrator"},
    {"SendBackProblem", "tasking administrator"},
    {"CloseProblem", "coordinator tasking administrator"},
    {"InviteTeam", "coordinator administrator"},
    {"AcceptInvitation", "coordinator administrator"},
    {"DeclineInvitation", "coordinator administrator"},
    {"SetPriorities", "coordinator administrator"},
    {"ScheduleTeamMeeting", "coordinator administrator"},
    {"RecordAttendance", "coordinator administrator"},
    {"RecordDecision", "coordinator administrator"},
    {"CloseTeamMeeting", "coordinator administrator"},
    {"RecordSustainCheck", "coordinator analyst administrator"},
    {"GetProblem", "staff"},
    {"CheckProblem", "staff"},
    {"ReviewPriorities", "staff"},
    {"GetTeamMeeting", "staff"},
    {"ListTeamMeetings", "staff"},
    {"GetAgenda", "staff"},
    {"ListSimilarSolved", "staff"},
    {"ListProblems", "staff"},
    {"ListActions", "staff"},
    {"ListClocks", "staff partner"},
};

constexpr Permission kScrutiny[] = {
    {"ScheduleMeeting", "scrutiny committee administrator"},
    {"RecordPartnershipConsidered", "scrutiny committee administrator"},
    {"PlaceOnAgenda", "scrutiny committee administrator"},
    {"DecideReferral", "scrutiny committee administrator"},
    {"MakeRecommendation", "scrutiny committee administrator"},
    {"RespondToRecommendation", "officer@agency scrutiny administrator"},
    {"ChaseRecipient", "scrutiny committee administrator"},
    {"UpdateRecommendation", "officer@agency scrutiny committee administrator"},
    {"CompleteRecommendation", "scrutiny committee administrator"},
    {"ScopeReview", "scrutiny committee administrator"},
    {"DeclareInterest", "councillor scrutiny committee administrator"},
    {"CoOptMember", "scrutiny committee administrator"},
    {"JoinCommittee", "scrutiny committee administrator"},
    {"CallWitness", "scrutiny committee administrator"},
    {"RequestInformation", "scrutiny committee administrator"},
    {"AnswerInformationRequest", "officer@agency scrutiny administrator"},
    {"RefuseInformationRequest", "officer@agency scrutiny administrator"},
    {"RequestAttendance", "scrutiny committee administrator"},
    {"AnswerAttendanceRequest", "officer@agency scrutiny administrator"},
    {"RecordSession", "scrutiny committee administrator"},
    {"AddReviewEvidence", "scrutiny committee analyst administrator"},
    {"PublishReport", "scrutiny committee administrator"},
    {"CloseReferral", "scrutiny committee administrator"},
    {"ApplyForCaseReview", "councillor coordinator scrutiny committee public administrator"},
    {"AcknowledgeCaseReview", "scrutiny committee administrator"},
    {"AskApplicant", "scrutiny committee administrator"},
    {"AnswerForApplicant", "councillor coordinator scrutiny committee public administrator"},
    {"DecideCaseReview", "scrutiny committee administrator"},
    {"HoldCaseReview", "scrutiny committee administrator"},
    {"AppealCaseReview", "councillor coordinator scrutiny committee public administrator"},
    {"GetCaseReview", "staff"},
    {"ListCaseReviews", "staff"},
    {"GetCaseReviewCounts", "everybody"},
    {"GetReferral", "staff"},
    {"ListReferrals", "staff"},
    {"GetRecommendation", "staff"},
    {"GetReview", "staff"},
    {"ListReviews", "staff"},
    {"ListRecommendations", "staff"},
    {"ListMeetings", "everybody"},
    {"GetAgenda", "staff"},
    {"ListOverdue", "everybody"},
    {"ListClocks", "staff"},
};

constexpr Permission kInsight[] = {
    {"GetCallStory", "staff partner"},
    {"ListCalls", "staff partner"},
    {"ExportCalls", "coordinator scrutiny committee analyst administrator"},
    {"GetHistory", "staff partner"},
    {"ListEvents", "staff"},
    {"GetReferralPack", "staff"},
    {"ListDisclosures", "coordinator scrutiny analyst administrator"},
    {"ListAudit", "scrutiny administrator"},
    {"SuggestDuplicates", "staff"},
    {"LookForDuplicates", "staff"},
    {"CountCalls", "staff"},
    {"FindRepeatPlaces", "staff"},
    {"CompareBeforeAfter", "staff"},
    {"GetPublishedQuarter", "anyone"},
    {"ListPublishedCalls", "anyone"},
    {"GetPublicCall", "anyone"},
};

constexpr Permission kJournal[] = {
    {"Verify", "administrator@all", kNoCouncil},
    {"Rebuild", "administrator@all", kNoCouncil},
    {"GetProgress", "staff", kNoCouncil},
    {"Export", "administrator"},
};

/// Whom to ask, before anybody can sign in there: it says addresses and nothing else.
constexpr Permission kCluster[] = {
    {"GetCluster", "anyone", kNoCouncil},
};

constexpr Permission kIdentity[] = {
    {"SignIn", "anyone", kNoCouncil},
    {"SignOut", "anyone", kNoCouncil},
    {"Bootstrap", "anyone", kNoCouncil},
    {"ChangePassword", "everybody", kNoCouncil},
    {"EnrolTotp", "everybody", kNoCouncil},
    {"CreateAccount", "administrator@all", kNoCouncil},
    {"ListAccounts", "administrator@all", kNoCouncil},
    {"SetRoles", "administrator@all", kNoCouncil},
    {"DisableAccount", "administrator@all", kNoCouncil},
    {"EnableAccount", "administrator@all", kNoCouncil},
    {"SetPassword", "administrator@all", kNoCouncil},
    {"ResetTotp", "administrator@all", kNoCouncil},
    {"RotateKeys", "administrator@all", kNoCouncil},
    {"GetTrust", "anyone", kNoCouncil},
};

constexpr Permission kHealth[] = {
    {"Check", "anyone", kNoCouncil},
    {"Watch", "anyone", kNoCouncil},
};

/// The contract is public.
constexpr Permission kReflection[] = {
    {"ServerReflectionInfo", "anyone", kNoCouncil},
};

// clang-format on

struct Service {
  absl::string_view name;
  absl::Span<const Permission> rows;
};

constexpr Service kTable[] = {
    {"ccfa.intake.v1.IntakeService", kIntake},
    {"ccfa.intake.v1.CallerService", kCaller},
    {"ccfa.routing.v1.RoutingService", kRouting},
    {"ccfa.sara.v1.SaraService", kSara},
    {"ccfa.scrutiny.v1.ScrutinyService", kScrutiny},
    {"ccfa.insight.v1.InsightService", kInsight},
    {"ccfa.journal.v1.JournalService", kJournal},
    {"ccfa.cluster.v1.ClusterService", kCluster},
    {"ccfa.identity.v1.IdentityService", kIdentity},
    {"grpc.health.v1.Health", kHealth},
    {"grpc.reflection.v1alpha.ServerReflection", kReflection},
};

using Rows = absl::flat_hash_map<std::string, const Permission*>;

const Rows& ByRpc() {
  static const Rows rows = [] {
    Rows made;
    for (const Service& service : kTable) {
      for (const Permission& row : service.rows)
        made.emplace(absl::StrCat(service.name, "/", row.rpc), &row);
    }
    return made;
  }();
  return rows;
}

}  // namespace

const Permission* FindPermission(absl::string_view method) {
  absl::ConsumePrefix(&method, "/");
  auto found = ByRpc().find(method);
  return found == ByRpc().end() ? nullptr : found->second;
}

bool IsStaff(absl::string_view role) {
  return role != "public" && role != "partner";
}

Grant GrantOf(const Permission& permission, absl::string_view role) {
  if (permission.who == "anyone" || permission.who == "everybody") return {.granted = true};
  for (absl::string_view word : absl::StrSplit(permission.who, ' ')) {
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(word, absl::MaxSplits('@', 1));
    if (parts.first == "staff" && IsStaff(role)) return {.granted = true};
    if (parts.first != role) continue;
    return {.granted = true,
            .own_ward_only = parts.second == "ward",
            .own_agency_only = parts.second == "agency",
            .every_council = parts.second == "all"};
  }
  return {};
}

absl::Status CheckTable(const google::protobuf::ServiceDescriptor& service) {
  for (int i = 0; i < service.method_count(); ++i) {
    const std::string rpc = absl::StrCat(service.full_name(), "/", service.method(i)->name());
    if (FindPermission(rpc) != nullptr) continue;
    return absl::InternalError(
        absl::StrCat(rpc,
                     " is not in the table of permissions, so nobody may ask it: say who may "
                     "in common/identity/permissions.cc"));
  }
  return absl::OkStatus();
}

}  // namespace ccfa::identity
