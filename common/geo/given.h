#pragma once

#include "common/geo/shape.h"

// For tests only.
namespace ccfa::geo {

/// A square's ring, closed, in degrees from its south-western corner.
inline Ring Box(double south, double west, double size) {
  return {{south, west},
          {south, west + size},
          {south + size, west + size},
          {south + size, west},
          {south, west}};
}

}  // namespace ccfa::geo
