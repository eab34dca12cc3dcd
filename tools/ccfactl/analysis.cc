#include "absl/strings/str_format.h"
#include "ccfa/insight/v1/insight.grpc.pb.h"
#include "tools/ccfactl/groups.h"
#include "tools/ccfactl/verbs.h"

namespace ccfa::ctl {

using insight::v1::InsightService;
using InsightStub = InsightService::Stub;

namespace {

void AddRepeatPlaces(CLI::App& analysis, Session& session) {
  CLI::App* command = analysis.add_subcommand(
      "repeat-places", "Where it happens again and again, the most repeated first");
  auto request = std::make_shared<insight::v1::FindRepeatPlacesRequest>();
  BindFields(*command, *request);
  command->callback([&session, request] {
    insight::v1::FindRepeatPlacesResponse reply;
    session.outcome = session.Call<InsightService>(&InsightStub::FindRepeatPlaces, *request, reply);
    if (!session.outcome.ok()) return;
    if (session.json) return session.Print(reply);
    Table table({"calls", "months", "first_month", "last_month", "point.lat", "point.lon", "text"});
    for (const auto& place : reply.places()) table.Add(place);
    table.Print(std::cout);
    std::cout << absl::StrFormat(
        "%d calls at %d places; %d of them at %d repeat places; half of all at %d places\n",
        reply.calls(), reply.places_in_all(), reply.calls_at_repeat_places(), reply.repeat_places(),
        reply.places_with_half());
  });
}

void PrintCounts(const char* where, const insight::v1::Counts& counts) {
  std::cout << absl::StrFormat("%-12s %6d before %6d after\n", where, counts.before(),
                               counts.after());
}

void PrintEstimate(const char* what, const insight::v1::Estimate& estimate) {
  std::cout << (estimate.none_because().empty()
                    ? absl::StrFormat("%s %.3f (95%%: %.3f to %.3f)\n", what, estimate.value(),
                                      estimate.low(), estimate.high())
                    : absl::StrFormat("%s none: %s\n", what, estimate.none_because()));
}

void AddBeforeAfter(CLI::App& analysis, Session& session) {
  CLI::App* command = analysis.add_subcommand(
      "before-after", "What a response did, beside a comparison area and the ring around it");
  auto request = std::make_shared<insight::v1::CompareBeforeAfterRequest>();
  BindFields(*command, *request, {"target", "comparison"});
  auto circle = [&](const char* option, const char* help, auto set) {
    command->add_option_function<std::string>(
        option,
        [set, option](const std::string& text) {
          double lat = 0, lon = 0, radius = 0;
          char rest = 0;
          if (std::sscanf(text.c_str(), "%lf,%lf,%lf%c", &lat, &lon, &radius, &rest) != 3)
            throw CLI::ValidationError(option, "expected LAT,LON,METRES, got \"" + text + "\"");
          insight::v1::Circle& shape = set();
          shape.mutable_centre()->set_lat(lat);
          shape.mutable_centre()->set_lon(lon);
          shape.set_radius_m(radius);
        },
        help);
  };
  circle("--target", "LAT,LON,METRES: where the response was",
         [request]() -> insight::v1::Circle& { return *request->mutable_target(); });
  circle("--comparison", "LAT,LON,METRES: somewhere like it; the rest of the council when left out",
         [request]() -> insight::v1::Circle& { return *request->mutable_comparison(); });
  command->callback([&session, request] {
    insight::v1::BeforeAfter reply;
    session.outcome =
        session.Call<InsightService>(&InsightStub::CompareBeforeAfter, *request, reply);
    if (!session.outcome.ok()) return;
    if (session.json) return session.Print(reply);
    PrintCounts("target", reply.target());
    PrintCounts("ring", reply.ring());
    PrintCounts("comparison", reply.comparison());
    PrintEstimate("relative change", reply.relative_change());
    PrintEstimate("weighted displacement quotient", reply.displacement_quotient());
    std::cout << reply.finding() << "\n";
  });
}

}  // namespace

void AddAnalysis(CLI::App& app, Session& session) {
  CLI::App* analysis = app.add_subcommand("analysis", "What calls and imported incidents say")
                           ->require_subcommand(1);
  AddRepeatPlaces(*analysis, session);
  AddBeforeAfter(*analysis, session);
}

}  // namespace ccfa::ctl
