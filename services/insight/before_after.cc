#include "services/insight/before_after.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/geo/near.h"

namespace ccfa::insight {
namespace {

// Two-sided 95% of the normal distribution.
constexpr double kZ = 1.959963984540054;
constexpr double kLeastRadius_m = 100;

double DistanceM(const intake::v1::Point& a, const intake::v1::Point& b) {
  return geo::DistanceM({a.lat(), a.lon()}, {b.lat(), b.lon()});
}

v1::Estimate None(const std::string& because) {
  v1::Estimate estimate;
  estimate.set_none_because(because);
  return estimate;
}

void Count(v1::Counts& counts, bool after) {
  after ? counts.set_after(counts.after() + 1) : counts.set_before(counts.before() + 1);
}

v1::Estimate RelativeChange(const v1::Counts& target, const v1::Counts& comparison) {
  double change = static_cast<double>(target.after()) / target.before(),
         usual = static_cast<double>(comparison.after()) / comparison.before();
  // An empty cell has no logarithm; half an incident in each stands in for it (Haldane 1956).
  double add = target.after() == 0 ? 0.5 : 0;
  double log_change = std::log((target.after() + add) / (target.before() + add)) - std::log(usual);
  double spread = kZ * std::sqrt(1 / (target.after() + add) + 1 / (target.before() + add) +
                                 1.0 / comparison.after() + 1.0 / comparison.before());
  v1::Estimate estimate;
  estimate.set_value(change / usual);
  estimate.set_low(std::exp(log_change - spread));
  estimate.set_high(std::exp(log_change + spread));
  return estimate;
}

/// The change of an area's share of the comparison, and what its variance is.
struct ShareChange {
  double change;
  double variance;
};
ShareChange ShareOf(const v1::Counts& area, const v1::Counts& comparison) {
  double c0 = comparison.before(), c1 = comparison.after(), x0 = area.before(), x1 = area.after();
  return {x1 / c1 - x0 / c0,
          x1 / (c1 * c1) + x1 * x1 / (c1 * c1 * c1) + x0 / (c0 * c0) + x0 * x0 / (c0 * c0 * c0)};
}

v1::Estimate Quotient(const v1::Counts& target, const v1::Counts& ring,
                      const v1::Counts& comparison) {
  ShareChange of_ring = ShareOf(ring, comparison), of_target = ShareOf(target, comparison);
  double c0 = comparison.before(), c1 = comparison.after();
  // Both shares are of the same comparison.
  double covariance = static_cast<double>(ring.after()) * target.after() / (c1 * c1 * c1) +
                      static_cast<double>(ring.before()) * target.before() / (c0 * c0 * c0);
  double quotient = of_ring.change / of_target.change;
  double variance =
      (of_ring.variance - 2 * quotient * covariance + quotient * quotient * of_target.variance) /
      (of_target.change * of_target.change);
  double spread = kZ * std::sqrt(std::max(variance, 0.0));
  v1::Estimate estimate;
  estimate.set_value(quotient);
  estimate.set_low(quotient - spread);
  estimate.set_high(quotient + spread);
  return estimate;
}

std::string TooFew(const std::string& where, int there, int needed) {
  return absl::StrCat("too few to say: ", there, " before in the ", where, ", ", needed,
                      needed == 1 ? " is needed" : " are needed");
}

std::string ChangeWords(const v1::Estimate& change) {
  std::string interval = absl::StrFormat("(95%%: %+.0f%% to %+.0f%%)", (change.low() - 1) * 100,
                                         (change.high() - 1) * 100);
  if (change.low() <= 1 && change.high() >= 1)
    return absl::StrCat("no change beyond chance beside the comparison ", interval);
  return absl::StrFormat("%.0f%% %s than the comparison would have it %s",
                         std::abs(change.value() - 1) * 100, change.value() < 1 ? "fewer" : "more",
                         interval);
}

std::string QuotientWords(const v1::Estimate& quotient) {
  if (!quotient.none_because().empty()) return quotient.none_because();
  if (quotient.low() <= 0 && quotient.high() >= 0)
    return "whether anything moved to the ring cannot be told";
  if (quotient.value() > 0) return "the good done spread to the ring";
  return quotient.value() > -1 ? "some of it moved to the ring"
                               : "more moved to the ring than was gained";
}

}  // namespace

v1::BeforeAfter FiguresOf(const v1::Counts& target, const v1::Counts& ring,
                          const v1::Counts& comparison, int least_before) {
  v1::BeforeAfter figures;
  *figures.mutable_target() = target;
  *figures.mutable_ring() = ring;
  *figures.mutable_comparison() = comparison;
  std::string too_few;
  if (target.before() < least_before) too_few = TooFew("target", target.before(), least_before);
  if (comparison.before() < least_before)
    too_few = TooFew("comparison", comparison.before(), least_before);
  if (too_few.empty() && comparison.after() == 0)
    too_few = "too few to say: none after in the comparison";
  if (!too_few.empty()) {
    *figures.mutable_relative_change() = None(too_few);
    *figures.mutable_displacement_quotient() = None(too_few);
    figures.set_finding(too_few);
    return figures;
  }
  *figures.mutable_relative_change() = RelativeChange(target, comparison);
  v1::Estimate& quotient = *figures.mutable_displacement_quotient();
  if (figures.relative_change().high() >= 1) {
    quotient = None(
        "the target did no better than the comparison beyond chance, so there is "
        "nothing that could have moved or spread");
  } else if (ring.before() == 0) {
    quotient = None(TooFew("ring", 0, 1));
  } else {
    quotient = Quotient(target, ring, comparison);
  }
  figures.set_finding(
      absl::StrCat(ChangeWords(figures.relative_change()), "; ", QuotientWords(quotient)));
  return figures;
}

v1::BeforeAfter Compare(const std::vector<Incident>& incidents, const Comparison& asked) {
  v1::Counts target, ring, comparison;
  for (const Incident& incident : incidents) {
    if (incident.month < asked.month - asked.months || incident.month >= asked.month + asked.months)
      continue;
    bool after = incident.month >= asked.month;
    double metres = DistanceM(incident.point, asked.target.centre());
    if (metres <= asked.target.radius_m()) {
      Count(target, after);
    } else if (metres <= asked.target.radius_m() + asked.ring_m) {
      Count(ring, after);
    } else if (!asked.comparison || DistanceM(incident.point, asked.comparison->centre()) <=
                                        asked.comparison->radius_m()) {
      Count(comparison, after);
    }
  }
  v1::BeforeAfter figures = FiguresOf(target, ring, comparison, asked.least_before);
  *figures.mutable_area() = asked.target;
  return figures;
}

v1::Circle AroundAll(const std::vector<intake::v1::Point>& points) {
  v1::Circle circle;
  if (points.empty()) return circle;
  double lat = 0, lon = 0;
  for (const intake::v1::Point& point : points) {
    lat += point.lat();
    lon += point.lon();
  }
  circle.mutable_centre()->set_lat(lat / static_cast<double>(points.size()));
  circle.mutable_centre()->set_lon(lon / static_cast<double>(points.size()));
  double radius = kLeastRadius_m;
  for (const intake::v1::Point& point : points)
    radius = std::max(radius, DistanceM(point, circle.centre()));
  circle.set_radius_m(radius);
  return circle;
}

}  // namespace ccfa::insight
