#include "services/intake/domain/harm.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "services/intake/given.h"

namespace ccfa::intake {
namespace {

constexpr int kParts = v1::HarmKind_ARRAYSIZE - 1;

/// All five parts at one level.
v1::AssessHarmRequest AllAt(int level) {
  v1::AssessHarmRequest request = AboutCall<v1::AssessHarmRequest>();
  for (int kind = 1; kind <= kParts; ++kind) {
    v1::HarmPart& part = *request.add_parts();
    part.set_kind(static_cast<v1::HarmKind>(kind));
    part.set_level(level);
    part.set_words("as the residents tell it");
  }
  return request;
}

// F11
TEST(AssessHarm, FixesThePartsTheirWeightsAndTheScore) {
  Given given = LoggedCall();
  EXPECT_EQ(given.WhenConfigured("harm { impact: 6 vulnerability: 0 escalation: 0 }"),
            "CouncilConfigured");
  v1::AssessHarmRequest request = AllAt(0);
  request.mutable_parts(1)->set_level(4);
  EXPECT_EQ(given.When(kCoordinator, request), "HarmAssessed");
  const v1::HarmAssessment harm = given.call().harm();
  EXPECT_THAT(std::vector<int>(harm.weights().begin(), harm.weights().end()),
              ::testing::ElementsAre(1, 6, 0, 0, 1));
  // 4 of 5 in what weighs 6 of 8.
  EXPECT_EQ(harm.score(), 60);
  EXPECT_EQ(harm.parts(1).words(), "as the residents tell it");
  EXPECT_EQ(harm.assessed_by(), kCoordinator);
}

// F11
TEST(AssessHarm, IsTakenAnewAsItChanges) {
  Given given = AcceptedCall();
  EXPECT_EQ(given.When(kCoordinator, AllAt(0)), "HarmAssessed");
  EXPECT_EQ(given.call().harm().score(), 0);
  EXPECT_EQ(given.When(kCoordinator, AllAt(kMostHarm)), "HarmAssessed");
  EXPECT_EQ(given.call().harm().score(), kMostScore);
  EXPECT_EQ(given.call().harm().parts_size(), kParts);
}

/// What comes of an assessment that is changed so.
std::string WhenAssessed(const std::function<void(v1::AssessHarmRequest&)>& change) {
  v1::AssessHarmRequest request = AllAt(2);
  change(request);
  return LoggedCall().When(kCoordinator, request);
}

// F11
TEST(AssessHarm, NeedsEachPartOnceWithALevelAndWords) {
  EXPECT_EQ(WhenAssessed([](auto& request) { request.mutable_parts()->RemoveLast(); }),
            "INVALID_ARGUMENT INVALID_FIELD parts");
  EXPECT_EQ(WhenAssessed([](auto& request) { *request.add_parts() = request.parts(0); }),
            "INVALID_ARGUMENT INVALID_FIELD parts");
  EXPECT_EQ(WhenAssessed([](auto& request) { request.mutable_parts(0)->clear_kind(); }),
            "INVALID_ARGUMENT INVALID_FIELD parts.kind");
  EXPECT_EQ(WhenAssessed([](auto& request) { request.mutable_parts(0)->set_level(kMostHarm + 1); }),
            "INVALID_ARGUMENT INVALID_FIELD parts.level");
  EXPECT_EQ(WhenAssessed([](auto& request) { request.mutable_parts(0)->set_level(-1); }),
            "INVALID_ARGUMENT INVALID_FIELD parts.level");
  EXPECT_EQ(WhenAssessed([](auto& request) { request.mutable_parts(0)->clear_words(); }),
            "INVALID_ARGUMENT INVALID_FIELD parts.words");
  EXPECT_EQ(DeclinedCall().When(kCoordinator, AllAt(2)), "FAILED_PRECONDITION WRONG_STATE");
}

v1::HarmAssessment AnyHarm() {
  v1::HarmAssessment harm;
  const v1::AssessHarmRequest request = AllAt(0);
  for (const v1::HarmPart& part : request.parts()) {
    *harm.add_parts() = part;
    harm.mutable_parts(harm.parts_size() - 1)->set_level(*rc::gen::inRange(0, kMostHarm + 1));
    harm.add_weights(*rc::gen::inRange(0, 11));
  }
  return harm;
}

// F11: no assessment scores beyond its bounds, and one that is worse in a part never scores less.
RC_GTEST_PROP(Score, StaysInItsBoundsAndNeverFallsAsAPartGetsWorse, ()) {
  v1::HarmAssessment harm = AnyHarm();
  int before = ScoreOf(harm);
  RC_ASSERT(before >= 0 && before <= kMostScore);
  int worse = *rc::gen::inRange(0, kParts);
  harm.mutable_parts(worse)->set_level(kMostHarm);
  RC_ASSERT(ScoreOf(harm) >= before);
}

// F11: what counts is what the parts weigh beside each other.
RC_GTEST_PROP(Score, IsTheSameWhenEveryWeightIsMultiplied, ()) {
  v1::HarmAssessment harm = AnyHarm();
  v1::HarmAssessment multiplied = harm;
  int factor = *rc::gen::inRange(1, 10);
  for (int& weight : *multiplied.mutable_weights()) weight *= factor;
  RC_ASSERT(std::abs(ScoreOf(multiplied) - ScoreOf(harm)) <= 1);
}

}  // namespace
}  // namespace ccfa::intake
