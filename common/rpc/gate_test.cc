#include "common/rpc/gate.h"

#include <gmock/gmock.h>

#include <array>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ccfa/cluster/v1/cluster.pb.h"
#include "ccfa/identity/v1/identity.pb.h"
#include "ccfa/insight/v1/insight.pb.h"
#include "ccfa/intake/v1/intake.pb.h"
#include "ccfa/journal/v1/journal.pb.h"
#include "ccfa/routing/v1/routing.pb.h"
#include "ccfa/sara/v1/sara.pb.h"
#include "ccfa/scrutiny/v1/scrutiny.pb.h"
#include "common/core/refusal.h"
#include "common/identity/given.h"
#include "google/protobuf/dynamic_message.h"

namespace ccfa::rpc {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;
using identity::given::Json;
using identity::given::Signer;

constexpr std::array<const char*, 10> kRoles = {
    "councillor", "coordinator", "officer",       "committee", "scrutiny",
    "analyst",    "public",      "administrator", "tasking",   "partner"};
constexpr int64_t kNow_s = 1'790'000'000;

class OneKey final : public identity::KeySource {
 public:
  explicit OneKey(const Signer& signer)
      : keys_(std::make_shared<const identity::KeySet>(
            *identity::ParseKeySet(identity::given::Jwks({signer.Jwk()})))) {}
  std::shared_ptr<const identity::KeySet> Keys() override { return keys_; }

 private:
  std::shared_ptr<const identity::KeySet> keys_;
};

std::vector<const ServiceDescriptor*> EveryService() {
  return {cluster::v1::Cluster::descriptor()->file()->service(0),
          ccfa::identity::v1::Account::descriptor()->file()->service(0),
          insight::v1::CallStory::descriptor()->file()->service(0),
          intake::v1::Call::descriptor()->file()->service(0),
          journal::v1::VerifyRequest::descriptor()->file()->service(0),
          routing::v1::Ward::descriptor()->file()->service(0),
          sara::v1::Problem::descriptor()->file()->service(0),
          scrutiny::v1::Referral::descriptor()->file()->service(0),
          intake::v1::Caller::descriptor()->file()->service(0)};
}

/// Whether a message, or anything that it can carry, has personal data in clear.
bool CarriesPersonalData(const google::protobuf::Descriptor& type,
                         std::set<const google::protobuf::Descriptor*>& seen) {
  if (&type == intake::v1::CallerDetails::descriptor() ||
      &type == intake::v1::MarkedText::descriptor()) {
    return true;
  }
  if (!seen.insert(&type).second) return false;
  for (int i = 0; i < type.field_count(); ++i) {
    const auto* carried = type.field(i)->message_type();
    if (carried != nullptr && CarriesPersonalData(*carried, seen)) return true;
  }
  return false;
}

/// Sets the text field of that name in the message or, where it has none, in what it carries first.
bool Set(Message& message, const char* name, const std::string& value) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  if (field != nullptr && field->cpp_type() == FieldDescriptor::CPPTYPE_STRING &&
      !field->is_repeated()) {
    message.GetReflection()->SetString(&message, field, value);
    return true;
  }
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    field = message.GetDescriptor()->field(i);
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE || field->is_repeated()) continue;
    if (field->message_type()->FindFieldByName(name) == nullptr) continue;
    return Set(*message.GetReflection()->MutableMessage(&message, field), name, value);
  }
  return false;
}

class GateTest : public ::testing::Test {
 protected:
  /// What becomes of a request by somebody in this role: "let in" or a reason.
  std::string Outcome(const MethodDescriptor& method, const Message* request,
                      const std::string& role) {
    Gate::Ask ask;
    const std::string name = absl::StrCat("/", method.service()->full_name(), "/", method.name());
    ask.method = name;
    ask.request = request;
    if (!role.empty()) ask.authorizations = {"Bearer " + TokenOf(role)};
    absl::StatusOr<std::string> admitted = gate.Admit(ask);
    if (admitted.ok()) return "let in";
    return ReasonOf(admitted.status());
  }

  std::string TokenOf(const std::string& role) {
    std::string& token = tokens_[role];
    if (!token.empty()) return token;
    Json claims = {{"iss", "ccfa"},         {"aud", "ccfa"}, {"exp", kNow_s + 600},
                   {"sub", "mika"},         {"roles", role}, {"councils", {"E08900001"}},
                   {"wards", {"E05900011"}}};
    if (role == "officer") claims["agency"] = "riverton-homes";
    return token = signer.Sign(claims);
  }

  /// A request about that council, and a ward and agency where it can name one.
  std::unique_ptr<Message> Request(const MethodDescriptor& method, const std::string& council,
                                   const std::string& ward, const std::string& agency) {
    std::unique_ptr<Message> request(
        MessageFactory::generated_factory()->GetPrototype(method.input_type())->New());
    const std::string name = "councils/" + council;
    Set(*request, "parent", name) || Set(*request, "name", name) || Set(*request, "call", name);
    has_ward = Set(*request, "ward", ward);
    has_agency = Set(*request, "agency", agency) || Set(*request, "recipient", agency);
    return request;
  }

  const Signer signer{"ed", "EdDSA"};
  ManualTime time{absl::FromUnixSeconds(kNow_s)};
  OneKey keys{signer};
  identity::DenyList denied{""};
  identity::Verifier verifier{
      {.issuer = "ccfa", .audience = "ccfa", .names = {}}, keys, denied, time};
  const Gate gate = Gate::ByTokens(verifier);
  bool has_ward = false, has_agency = false;

 private:
  std::map<std::string, std::string> tokens_;
};

// F70
TEST_F(GateTest, EveryRpcIsInTheTableAndItsRolesAreRoles) {
  for (const ServiceDescriptor* service : EveryService()) {
    EXPECT_TRUE(identity::CheckTable(*service).ok()) << identity::CheckTable(*service);
    for (int i = 0; i < service->method_count(); ++i) {
      const auto* row = identity::FindPermission(
          absl::StrCat(service->full_name(), "/", service->method(i)->name()));
      ASSERT_NE(row, nullptr);
      int granted = 0;
      for (const char* role : kRoles) granted += identity::GrantOf(*row, role).granted;
      EXPECT_GE(granted, 1) << row->rpc << " is for nobody that exists";
      EXPECT_FALSE(service->method(i)->client_streaming()) << row->rpc << " cannot be judged";
    }
  }
}

// F58
TEST(EveryRpc, ThatAnswersWithPersonalDataIsAnOpeningWhichIsWrittenDown) {
  std::vector<std::string> answer_with_it;
  for (const ServiceDescriptor* service : EveryService()) {
    for (int i = 0; i < service->method_count(); ++i) {
      std::set<const google::protobuf::Descriptor*> seen;
      if (CarriesPersonalData(*service->method(i)->output_type(), seen))
        answer_with_it.push_back(service->method(i)->full_name());
    }
  }
  EXPECT_THAT(answer_with_it, ::testing::ElementsAre("ccfa.intake.v1.CallerService.OpenCaller"));
}

// F70
TEST_F(GateTest, EachRoleMayWhatTheTableSaysInItsOwnCouncilAndNothingInAnother) {
  int asked = 0;
  for (const ServiceDescriptor* service : EveryService()) {
    for (int i = 0; i < service->method_count(); ++i) {
      const MethodDescriptor& method = *service->method(i);
      const auto& row =
          *identity::FindPermission(absl::StrCat(service->full_name(), "/", method.name()));
      if (row.who == "anyone") continue;
      auto own =
          Request(method, "E08900001", "E05900011", "councils/E08900001/agencies/riverton-homes");
      auto foreign = Request(method, "E08900002", "E05900011", "riverton-homes");
      EXPECT_EQ(Outcome(method, own.get(), ""), "TOKEN_MISSING") << row.rpc;
      for (const char* role : kRoles) {
        const identity::Grant grant = GrantOf(row, role);
        const std::string may = !grant.granted        ? "ROLE_MAY_NOT"
                                : grant.every_council ? "NOT_YOUR_COUNCIL"
                                                      : "let in";
        EXPECT_EQ(Outcome(method, own.get(), role), may) << row.rpc << " " << role;
        const bool is_councils = row.about == identity::Permission::About::kCouncil;
        EXPECT_EQ(Outcome(method, foreign.get(), role),
                  grant.granted && is_councils ? "NOT_YOUR_COUNCIL" : may)
            << row.rpc << " " << role;
        ++asked;
      }
    }
  }
  EXPECT_GT(asked, 1000);
}

// F70
TEST_F(GateTest, WhoMayOnTheirOwnWardOrAgencyAloneIsHeldToIt) {
  int wards = 0, agencies = 0;
  for (const ServiceDescriptor* service : EveryService()) {
    for (int i = 0; i < service->method_count(); ++i) {
      const MethodDescriptor& method = *service->method(i);
      const auto& row =
          *identity::FindPermission(absl::StrCat(service->full_name(), "/", method.name()));
      for (const char* role : kRoles) {
        const identity::Grant grant = GrantOf(row, role);
        if (!grant.granted || row.who == "anyone" || grant.every_council) continue;
        auto ward = Request(method, "E08900001", "E05900099", "riverton-homes");
        const bool held_to_ward = grant.own_ward_only && has_ward;
        EXPECT_EQ(Outcome(method, ward.get(), role), held_to_ward ? "NOT_YOUR_WARD" : "let in")
            << row.rpc << " " << role;
        wards += held_to_ward;
        auto agency = Request(method, "E08900001", "E05900011", "riverton-police");
        const bool held_to_agency = grant.own_agency_only && has_agency;
        EXPECT_EQ(Outcome(method, agency.get(), role),
                  held_to_agency ? "NOT_YOUR_AGENCY" : "let in")
            << row.rpc << " " << role;
        agencies += held_to_agency;
      }
    }
  }
  EXPECT_GT(wards, 0);
  EXPECT_GT(agencies, 0);
}

TEST_F(GateTest, ACommandAboutTwoCouncilsNeedsBoth) {
  sara::v1::AttachCallRequest request;
  request.set_name("councils/E08900001/problems/2026-0001");
  request.set_call("councils/E08900002/calls/2026-000001");
  const auto* method = EveryService()[6]->FindMethodByName("AttachCall");
  EXPECT_EQ(Outcome(*method, &request, "coordinator"), "NOT_YOUR_COUNCIL");
  request.set_call("councils/E08900001/calls/2026-000001");
  EXPECT_EQ(Outcome(*method, &request, "coordinator"), "let in");
}

TEST_F(GateTest, WhoHasSeveralRolesActsInOneThatMay) {
  const std::string token = signer.Sign(Json{{"iss", "ccfa"},
                                             {"aud", "ccfa"},
                                             {"exp", kNow_s + 600},
                                             {"sub", "hart"},
                                             {"roles", {"analyst", "scrutiny"}},
                                             {"councils", "*"}});
  scrutiny::v1::ScheduleMeetingRequest request;
  request.set_parent("councils/E08900002");
  Gate::Ask ask{
      "/ccfa.scrutiny.v1.ScrutinyService/ScheduleMeeting", &request, {"Bearer " + token}, ""};
  EXPECT_EQ(gate.Admit(ask).value(), "scrutiny:hart");
  ask.actor = "analyst:hart";
  EXPECT_EQ(ReasonOf(gate.Admit(ask).status()), "ROLE_MAY_NOT");
  ask.actor = "administrator:hart";
  EXPECT_EQ(ReasonOf(gate.Admit(ask).status()), "NOT_YOUR_ROLE");
  ask.actor = "scrutiny:another";
  EXPECT_EQ(ReasonOf(gate.Admit(ask).status()), "NOT_YOUR_ROLE");
}

TEST_F(GateTest, RefusesWhatIsNotInTheTableAndWhatIsNoBearerToken) {
  Gate::Ask ask{"/ccfa.intake.v1.IntakeService/EraseCall",
                nullptr,
                {"Bearer " + TokenOf("administrator")},
                ""};
  EXPECT_EQ(ReasonOf(gate.Admit(ask).status()), "RPC_NOT_LISTED");
  ask.method = "/ccfa.routing.v1.RoutingService/Locate";
  EXPECT_TRUE(gate.Admit(ask).ok());
  ask.authorizations.push_back(ask.authorizations[0]);
  EXPECT_EQ(ReasonOf(gate.Admit(ask).status()), "TOKEN_MALFORMED");
  ask.authorizations = {"Basic bGVlOnNlY3JldA"};
  EXPECT_EQ(ReasonOf(gate.Admit(ask).status()), "TOKEN_MALFORMED");
}

TEST(TrustingGate, BelievesWhatIsSaidButNotThatARoleMayWhatItMayNot) {
  const Gate gate = Gate::Trusting();
  Gate::Ask ask{"/ccfa.routing.v1.RoutingService/RegisterWard", nullptr, {}, "administrator:root"};
  EXPECT_EQ(gate.Admit(ask).value(), "administrator:root");
  ask.actor = "public:1234";
  EXPECT_EQ(ReasonOf(gate.Admit(ask).status()), "ROLE_MAY_NOT");
}

}  // namespace
}  // namespace ccfa::rpc
