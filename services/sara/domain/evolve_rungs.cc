#include "absl/strings/str_cat.h"
#include "services/sara/domain/change.h"
#include "services/sara/domain/on.h"
#include "services/sara/domain/policy.h"
#include "services/sara/domain/words.h"

namespace ccfa::sara {

using v1::Problem;

namespace {

std::string CommitmentWords(const v1::Commitment& commitment) {
  return absl::StrCat(LastId(commitment.agency()), " commits ", commitment.what(), " by ",
                      commitment.by_date());
}

}  // namespace

void On(Tables& tables, const v1::ProblemRaised& raised, const Record& record) {
  Update(tables, record, [&](Problem& problem) {
    problem.set_rung(raised.to());
    Remember(problem, record, absl::StrCat("raised it to ", Words(raised.to())), raised.reason());
  });
  tables.clocks.StopAll(record.subject());
  tables.clocks.StartAll(raised.clocks());
}

void On(Tables& tables, const v1::ResourcesCommitted& committed, const Record& record) {
  Update(tables, record, [&](Problem& problem) {
    problem.set_rung(v1::RUNG_TEAM);
    problem.mutable_commitments()->MergeFrom(committed.commitments());
    for (const v1::Commitment& commitment : committed.commitments()) {
      Remember(problem, record, CommitmentWords(commitment), committed.answer());
    }
  });
  tables.clocks.StopAll(record.subject());
  tables.clocks.StartAll(committed.clocks());
}

void On(Tables& tables, const v1::ProblemSentBack& sent_back, const Record& record) {
  Update(tables, record, [&](Problem& problem) {
    problem.set_rung(v1::RUNG_TEAM);
    Remember(problem, record, "sent it back to the team", sent_back.instruction());
  });
  tables.clocks.StopAll(record.subject());
  tables.clocks.StartAll(sent_back.clocks());
}

void On(Tables& tables, const v1::ProblemReturned& returned, const Record& record) {
  Update(tables, record, [&](Problem& problem) {
    problem.set_rung(v1::RUNG_TEAM);
    Remember(problem, record, "returned it to the team", returned.reason());
  });
  tables.clocks.StartAll(returned.clocks());
}

}  // namespace ccfa::sara
