#include "services/insight/repeat_places.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "common/geo/square.h"

namespace ccfa::insight {
namespace {

// Points are told apart to 1e-6 degrees, about ten centimetres.
constexpr double kFine = 1e6;

/// The square of the map that a point lies in; its own point's when squares have no side.
geo::Square SquareOf(const intake::v1::Point& point, double square_m) {
  if (square_m <= 0) {
    return {std::llround(point.lat() * kFine), std::llround(point.lon() * kFine)};
  }
  return geo::SquareOf({point.lat(), point.lon()}, square_m);
}

struct Place {
  const Incident* first;
  int calls = 0;
  std::set<absl::CivilMonth> months;
};

v1::RepeatPlace Shown(const Place& place) {
  v1::RepeatPlace shown;
  *shown.mutable_point() = place.first->point;
  shown.set_text(place.first->text);
  shown.set_calls(place.calls);
  shown.set_months(static_cast<int32_t>(place.months.size()));
  shown.set_first_month(MonthText(*place.months.begin()));
  shown.set_last_month(MonthText(*place.months.rbegin()));
  return shown;
}

/// The fewest places that have half of all.
int PlacesWithHalf(const std::vector<Place>& most_first, int all) {
  int places = 0, calls = 0;
  while (calls * 2 < all) calls += most_first[places++].calls;
  return places;
}

}  // namespace

v1::FindRepeatPlacesResponse RepeatPlacesOf(const std::vector<Incident>& incidents, double square_m,
                                            int least, int limit) {
  std::map<geo::Square, Place> by_square;
  for (const Incident& incident : incidents) {
    Place& place =
        by_square.try_emplace(SquareOf(incident.point, square_m), Place{&incident, 0, {}})
            .first->second;
    ++place.calls;
    place.months.insert(incident.month);
  }
  std::vector<Place> places;
  for (auto& [square, place] : by_square) places.push_back(std::move(place));
  std::stable_sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
    return std::tuple(b.calls, b.months.size()) < std::tuple(a.calls, a.months.size());
  });
  v1::FindRepeatPlacesResponse found;
  found.set_calls(static_cast<int32_t>(incidents.size()));
  found.set_places_in_all(static_cast<int32_t>(places.size()));
  found.set_places_with_half(PlacesWithHalf(places, found.calls()));
  for (const Place& place : places) {
    if (place.calls < least) break;
    found.set_repeat_places(found.repeat_places() + 1);
    found.set_calls_at_repeat_places(found.calls_at_repeat_places() + place.calls);
    if (found.places_size() < limit) *found.add_places() = Shown(place);
  }
  return found;
}

}  // namespace ccfa::insight
