#include "services/routing/domain/boundary.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace ccfa::routing {
namespace {

/// A position on the grid that boundaries are kept on.
rc::Gen<geo::Point> AnyPosition() {
  return rc::gen::map(rc::gen::pair(rc::gen::inRange<int64_t>(-900'000'000, 900'000'001),
                                    rc::gen::inRange<int64_t>(-1'800'000'000, 1'800'000'001)),
                      [](const std::pair<int64_t, int64_t>& e7) {
                        return geo::Point{static_cast<double>(e7.first) / 1e7,
                                          static_cast<double>(e7.second) / 1e7};
                      });
}

RC_GTEST_PROP(Boundary, IsTheSameShapeToAndFro, ()) {
  auto rings = rc::gen::container<geo::Ring>(AnyPosition());
  auto polygons = rc::gen::container<geo::Polygon>(rings);
  geo::Shape shape = *rc::gen::container<geo::Shape>(polygons);
  absl::StatusOr<geo::Shape> back = ToShape(ToBoundary(shape));
  RC_ASSERT(back.ok());
  RC_ASSERT(back->size() == shape.size());
  for (size_t p = 0; p < shape.size(); ++p) {
    RC_ASSERT((*back)[p].size() == shape[p].size());
    for (size_t r = 0; r < shape[p].size(); ++r) {
      RC_ASSERT((*back)[p][r].size() == shape[p][r].size());
      for (size_t i = 0; i < shape[p][r].size(); ++i) {
        RC_ASSERT((*back)[p][r][i].lat == shape[p][r][i].lat);
        RC_ASSERT((*back)[p][r][i].lon == shape[p][r][i].lon);
      }
    }
  }
}

}  // namespace
}  // namespace ccfa::routing
