#pragma once

#include <random>
#include <string>

#include "tests/support/town.h"

namespace ccfa::test_support {

/// Somebody who does anything at all, allowed or not, about a few calls, problems, actions and
/// referrals, some of which do not exist. The same seed does the same.
class RandomPerson {
 public:
  /// The town outlives it.
  RandomPerson(Town& town, uint32_t seed) : town_(town), chance_(seed) {}

  /// Sends one command or lets time pass. Says what it was and what came of it.
  std::string DoSomething();

 private:
  std::string DoAboutCall();
  std::string ScreenCall(const std::string& call);
  std::string DoAboutProblem();
  std::string WorkOnProblem();
  std::string DoAboutAction();
  std::string DoInScrutiny();
  std::string DoAboutRecommendation();

  int Below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(chance_); }
  /// One of the first few things of a collection: "councils/E08000099/calls/2027-000002".
  std::string OneOf(const std::string& collection);
  std::string AnyActor();
  std::string AnyOfficer();

  /// Mostly from whoever may, now and then from anybody.
  template <class Request>
  std::string Send(const Request& request, const std::string& rightful);

  Town& town_;
  std::mt19937 chance_;
};

}  // namespace ccfa::test_support
