#pragma once

#include <geos_c.h>

#include <memory>
#include <optional>
#include <string>

#include "common/geo/shape.h"

// GEOS through its C API. In its planes x is lon and y is lat, both in degrees.
namespace ccfa::geo {

/// The context of the calling thread, for every _r function. What one thread made with its context,
/// another may use and destroy with its own.
GEOSContextHandle_t Geos();

struct DestroyGeometry {
  void operator()(GEOSGeometry* geometry) const { GEOSGeom_destroy_r(Geos(), geometry); }
};
using GeometryPtr = std::unique_ptr<GEOSGeometry, DestroyGeometry>;

struct DestroyPrepared {
  void operator()(const GEOSPreparedGeometry* prepared) const {
    GEOSPreparedGeom_destroy_r(Geos(), prepared);
  }
};
using PreparedPtr = std::unique_ptr<const GEOSPreparedGeometry, DestroyPrepared>;

struct DestroyTree {
  void operator()(GEOSSTRtree* tree) const { GEOSSTRtree_destroy_r(Geos(), tree); }
};
using TreePtr = std::unique_ptr<GEOSSTRtree, DestroyTree>;

GeometryPtr ToGeometry(Point point);

/// The shape's rings are closed and long enough: see FindFlaw.
GeometryPtr ToGeometry(const Shape& shape);

/// What GEOS finds invalid in how the rings of a geometry lie, with the place: "Self-intersection
/// at lat 53.4, lon -2.9". None when they bound an area.
std::optional<std::string> FindCrossing(const GEOSGeometry& geometry);

}  // namespace ccfa::geo
