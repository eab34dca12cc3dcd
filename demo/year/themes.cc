#include "demo/year/themes.h"

#include <vector>

namespace ccfa::year {
namespace {

constexpr intake::v1::Regime kCrime = intake::v1::REGIME_CRIME_AND_DISORDER;
constexpr intake::v1::Regime kOther = intake::v1::REGIME_OTHER_MATTER;

/// The last one is of no kind in particular.
const std::vector<Theme>& Themes() {
  static const std::vector<Theme> themes = {
      {"anti-social-behaviour", kCrime, "a group of ten to fifteen, mostly 14 to 17",
       "the youth service and the school", "older residents and the shops", "the wardens",
       "the shelter and the steps beside it", "the council's parks team",
       "a patrol when somebody rings", "the group has moved on when it comes",
       "the shelter is the only dry and lit place after eight, and nobody is there",
       "open the youth room on Fridays and Saturdays", "reports on Friday and Saturday nights",
       "open for eight weekends, thirty on the busiest", "reports a month"},
      {"fly-tipping", kOther, "builders without a waste contract", "trading standards",
       "the lay-by and those who live on it", "residents who see the vans", "the lay-by",
       "the council's estates team", "cleared when reported", "nobody asks where it comes from",
       "the lay-by is out of sight and open all night", "close the lay-by at night with a barrier",
       "loads a month", "the barrier stands, closed at dusk", "loads a month"},
      {"dangerous-junction", kOther, "drivers who cut the corner", "the roads policing unit",
       "children on the way to school", "the crossing patrol", "the junction", "highways",
       "a sign, and a speed check once", "the check was on one morning",
       "parked vans hide the view when school comes out", "paint lines and keep the corner clear",
       "near misses seen in a week", "lines painted, two weeks of enforcement",
       "near misses a month"},
      {"noise", kOther, "the operator of the yard", "the licensing officer",
       "the flats across the road", "the night warden", "the yard", "the freeholder",
       "a letter, and a visit on request", "no visit is at night",
       "deliveries are booked by a system that knows no night", "rebook deliveries after seven",
       "nights with a report", "deliveries start at seven since the first of the month",
       "nights with a report a month"},
      {"graffiti", kCrime, "two taggers, by their marks", "the pupil referral unit",
       "the underpass walls", "people who walk through", "the underpass", "the network operator",
       "painted over within the month", "it is back within a week",
       "fresh grey paint is a canvas and nobody has the walls",
       "a mural with the school, and lamps", "tags counted each Monday",
       "the mural is up, the lamps work", "tags a month"},
      {"vehicle-nuisance", kCrime, "five or six riders, 16 to 19", "parents and the youth service",
       "walkers and the flats", "the park rangers", "the recreation ground", "the parks team",
       "logged, a car when one is free", "the riders are gone before it comes",
       "the path is an open loop: nothing stops a bike", "gates that mobility scooters pass",
       "reports a month", "four gates stand", "reports a month"},
      {"street-drinking", kCrime, "a settled group of eight", "outreach workers",
       "shoppers and staff of six shops", "the town rangers", "the benches", "the town centre team",
       "moved on, and outreach on Tuesdays", "they return within the hour",
       "outreach and enforcement come on different days", "a joint round on three days a week",
       "complaints from the shops", "twelve weeks of joint rounds, five people in treatment",
       "complaints a month"},
      {"lighting", kOther, "nobody: lamps that fail", "the contractor", "people who walk home",
       "the residents' association", "the footpath", "highways", "a lamp is mended when reported",
       "the cable fails, not the lamp", "the cable is at its end and nobody owns it",
       "lay a new cable", "lamps out in a week", "the cable is laid", "lamp failures a month"},
      {"litter", kOther, "customers of three takeaways", "the traders", "the river path",
       "volunteers", "the river path", "the parks team", "swept by volunteers",
       "bins are full by Friday night", "there is no bin between the shops and the water",
       "larger bins and a sweep on Saturdays", "bags a week", "four bins, swept since May",
       "bags a month"},
      {"drug-dealing", kCrime, "a line that uses a tenant's flat", "the police's area team",
       "a vulnerable tenant", "neighbours on the landing", "the landing", "the landlord",
       "noted as intelligence", "the tenant is afraid to speak",
       "the flat was taken over when support ended", "a partial closure order and a support worker",
       "visits seen in a week", "the order is in force, the tenant has support", "reports a month"},
      {"", kOther, "nobody in particular", "the team", "the neighbours", "the residents",
       "the place", "the landowner", "mended when reported", "nobody looks at the whole",
       "no service owns the whole of it", "agree on one owner and mend it", "complaints in a month",
       "it has an owner, and it is mended", "complaints a month"}};
  return themes;
}

}  // namespace

const Theme& ThemeOf(const std::string& category) {
  for (const Theme& theme : Themes()) {
    if (theme.category == category) return theme;
  }
  return Themes().back();
}

}  // namespace ccfa::year
