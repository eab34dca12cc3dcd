#include <gtest/gtest.h>

#include "services/scrutiny/domain/policy.h"
#include "services/scrutiny/given.h"

namespace ccfa::scrutiny {
namespace {

constexpr char kWitness[] = "who: 'a shopkeeper' organisation: 'the parade' why: 'what they see'";

// F56
TEST(CallWitness, KeepsWhoIsHeardAndWhy) {
  Given given = ScopedReview();
  EXPECT_EQ(given.When(kScrutiny, About<v1::CallWitnessRequest>(kReview, kWitness)),
            "WitnessCalled");
  EXPECT_EQ(given.review().witnesses(0).number(), 1);
  EXPECT_EQ(given.review().witnesses(0).why(), "what they see");
}

// F56
TEST(CallWitness, Refuses) {
  Given given = ScopedReview();
  auto when = [&](const std::string& more) {
    return given.When(kScrutiny, About<v1::CallWitnessRequest>(kReview, more));
  };
  EXPECT_EQ(given.When(kOfPolice, About<v1::CallWitnessRequest>(kReview, kWitness)),
            "PERMISSION_DENIED NOT_SCRUTINY");
  EXPECT_EQ(when("why: 'x'"), "INVALID_ARGUMENT INVALID_FIELD who");
  EXPECT_EQ(when("who: 'x'"), "INVALID_ARGUMENT INVALID_FIELD why");
  EXPECT_EQ(when("who: 'x' why: 'y' date: '2026-06-30'"), "INVALID_ARGUMENT INVALID_FIELD date");
  EXPECT_EQ(when("who: 'x' why: 'y' etag: '1'"), "ABORTED ETAG_MOVED etag");
  for (int i = 0; i < kMostWitnesses; ++i) ASSERT_EQ(when(kWitness), "WitnessCalled");
  EXPECT_EQ(when(kWitness), "FAILED_PRECONDITION TOO_MANY");
}

// F53, F56
TEST(RecordSession, WaitsUntilInterestsAreDeclared) {
  Given given = ScopedReview();
  EXPECT_EQ(given.When(kScrutiny, Hearing()), "FAILED_PRECONDITION GATE_NOT_MET");
  given = DeclaredReview("STAND_STAYS");
  EXPECT_EQ(given.When(kScrutiny, Hearing()), "SessionRecorded");
  EXPECT_EQ(given.review().sessions(0).heard(), "they come at night");
  EXPECT_EQ(given.review().sessions(0).recorded_by(), kScrutiny);
}

// F56
TEST(RecordSession, Refuses) {
  Given given = DeclaredReview("STAND_STAYS");
  using R = v1::RecordSessionRequest;
  auto when = [&](void (*change)(R&)) {
    R request = Hearing();
    change(request);
    return given.When(kScrutiny, request);
  };
  EXPECT_EQ(given.When(kOfPolice, Hearing()), "PERMISSION_DENIED NOT_SCRUTINY");
  EXPECT_EQ(when([](R& r) { r.clear_heard(); }), "INVALID_ARGUMENT INVALID_FIELD heard");
  EXPECT_EQ(when([](R& r) { r.set_date("today"); }), "INVALID_ARGUMENT INVALID_FIELD date");
  EXPECT_EQ(when([](R& r) { r.set_date("2026-07-02"); }), "INVALID_ARGUMENT INVALID_FIELD date");
  EXPECT_EQ(when([](R& r) { r.clear_attended(); }), "INVALID_ARGUMENT INVALID_FIELD attended");
  EXPECT_EQ(when([](R& r) {
              while (r.attended_size() <= kMostAttending) r.add_attended("x");
            }),
            "INVALID_ARGUMENT INVALID_FIELD attended");
  for (int i = 0; i < kMostSessions; ++i) {
    ASSERT_EQ(given.When(kScrutiny, Hearing()), "SessionRecorded");
  }
  EXPECT_EQ(given.When(kScrutiny, Hearing()), "FAILED_PRECONDITION TOO_MANY");
}

// F56
TEST(AddReviewEvidence, KeepsWhatItShows) {
  Given given = ScopedReview();
  auto when = [&](const std::string& more) {
    return given.When(kScrutiny, About<v1::AddReviewEvidenceRequest>(kReview, more));
  };
  EXPECT_EQ(when("shows: 'x'"), "INVALID_ARGUMENT INVALID_FIELD title");
  EXPECT_EQ(when("title: 'x'"), "INVALID_ARGUMENT INVALID_FIELD shows");
  EXPECT_EQ(given.When(kOfPolice, About<v1::AddReviewEvidenceRequest>(
                                      kReview, "title: 'photos' shows: 'ruts'")),
            "PERMISSION_DENIED NOT_SCRUTINY");
  for (int i = 0; i < kMostEvidence; ++i) {
    ASSERT_EQ(when("title: 'photos' shows: 'ruts' uri: 'https://council.example/1'"),
              "ReviewEvidenceAdded");
  }
  EXPECT_EQ(given.review().evidence(0).shows(), "ruts");
  EXPECT_EQ(when("title: 'photos' shows: 'ruts'"), "FAILED_PRECONDITION TOO_MANY");
}

}  // namespace
}  // namespace ccfa::scrutiny
