#pragma once

#include <string>

#include "ccfa/routing/v1/routing.pb.h"
#include "services/routing/domain/boundary.h"

namespace ccfa::test_support {

/// A boundary `side` degrees long and wide.
inline routing::v1::Boundary Square(double south, double west, double side) {
  double north = south + side, east = west + side;
  return routing::ToBoundary(
      {{{{south, west}, {south, east}, {north, east}, {north, west}, {south, west}}}});
}

/// The request that registers a ward of that name and shape.
inline routing::v1::RegisterWardRequest SquareWard(const std::string& name, double south,
                                                   double west, double side) {
  routing::v1::RegisterWardRequest request;
  request.mutable_ward()->set_name(name);
  request.mutable_ward()->set_title("Ward of " + name);
  request.mutable_ward()->set_vintage("2026");
  *request.mutable_ward()->mutable_boundary() = Square(south, west, side);
  return request;
}

}  // namespace ccfa::test_support
