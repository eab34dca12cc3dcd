#include "tests/support/golden_sara.h"

#include "tests/support/road.h"

namespace ccfa::test_support {
namespace {

/// A hypothesis that another replaces, and one that is given up.
void ChangeItsMind(Town& town) {
  std::string problem = ProblemOf(town, LogAndAccept(town));
  TakeUp(town, problem);
  ScanAndEnterAnalysis(town, problem);
  town.Do(Hypothesis(problem), kCoordinator);
  sara::v1::AddHypothesisRequest better = Hypothesis(problem);
  better.set_replaces(1);
  town.Do(better, kCoordinator);
  sara::v1::RejectHypothesisRequest reject;
  reject.set_name(problem);
  reject.set_number(2);
  reject.set_reason("the yard is locked at night");
  town.Do(reject, kCoordinator);
}

sara::v1::CommitResourcesRequest Commitment(const Town& town, const std::string& problem) {
  sara::v1::CommitResourcesRequest request;
  request.set_name(problem);
  request.set_answer("the camera is paid for from the safer streets budget");
  sara::v1::Commitment& commitment = *request.add_commitments();
  commitment.set_agency(kPolice);
  commitment.set_what("a camera over the yard");
  commitment.set_by_date(DayAhead(town, 60));
  commitment.set_officer("reid");
  return request;
}

void RaiseToTaskingGroup(Town& town, const std::string& problem) {
  sara::v1::RaiseProblemRequest request;
  request.set_name(problem);
  request.set_reason("no agency has the money");
  town.Do(request, kCoordinator);
}

/// What the tasking group may answer, and an action that goes from one officer to another.
void AskTheTaskingGroup(Town& town) {
  std::string problem = ProblemInResponse(town);
  RaiseToTaskingGroup(town, problem);
  sara::v1::SendBackProblemRequest send_back;
  send_back.set_name(problem);
  send_back.set_instruction("ask the landlord first");
  town.Do(send_back, kTasking);
  RaiseToTaskingGroup(town, problem);
  town.Do(Commitment(town, problem), kTasking);
  std::string action = ProposeAction(town, problem, kPolice);
  AcceptAction(town, action, kPoliceOfficer);
  sara::v1::ReassignActionRequest reassign;
  reassign.set_name(action);
  reassign.set_agency(kHousing);
  reassign.set_officer("shah");
  reassign.set_reason("the yard is the landlord's");
  town.Do(reassign, kCoordinator);
  AcceptAction(town, action, kHousingOfficer);
}

}  // namespace

void GoThroughSara(Town& town) {
  ChangeItsMind(town);
  AskTheTaskingGroup(town);
}

}  // namespace ccfa::test_support
