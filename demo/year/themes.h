#pragma once

#include <string>

#include "ccfa/intake/v1/intake.pb.h"

namespace ccfa::year {

/// What there is to say of a kind of problem.
struct Theme {
  std::string category;
  intake::v1::Regime regime;
  std::string offender, handler, target, guardian, place, manager;
  std::string today, limits;
  std::string hypothesis;
  std::string action, measure, result;
  std::string metric;
};

/// That of a category; a general one where it has none of its own.
const Theme& ThemeOf(const std::string& category);

}  // namespace ccfa::year
