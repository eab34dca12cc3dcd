#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "ccfa/intake/v1/intake.pb.h"
#include "tests/support/town.h"

namespace ccfa::year {

/// A call as somebody makes it: where, what, on which day.
struct Row {
  /// councils/{council}
  std::string council;
  intake::v1::CallDetails details;
  absl::CivilDay day;
};

struct Ward {
  std::string code;
  /// councils/{council}/teams/{team}
  std::string team;
  /// By resource name; the first chairs the team.
  std::vector<std::string> councillors;
};

/// A council and the people who work for it, as the commands name them.
struct Council {
  /// councils/{council}
  std::string name;
  std::string coordinator, scrutiny, committee, tasking;
  std::vector<Ward> wards;

  /// councils/{council}/agencies/{agency} by kind: "police", "council", "housing".
  std::map<std::string, std::string> agencies;

  const Ward& WardOf(const std::string& code) const;
  /// Who acts for an agency, by its resource name: "officer:reid@riverton-police".
  std::string OfficerOf(const std::string& agency) const;
  /// The id of that officer.
  std::string OfficerIdOf(const std::string& agency) const;
};

/// "councillor:e05900001-1" of councils/{council}/councillors/e05900001-1.
std::string CouncillorActor(const std::string& councillor);

inline constexpr char kRiverton[] = "councils/E08900001";
inline constexpr char kSandford[] = "councils/E07900001";
inline constexpr char kCollingbridge[] = "councils/E06900001";
inline constexpr char kAdministrator[] = "administrator:root";

/// The three councils of the demonstration's files. A file that cannot be read ends the program.
class Places {
 public:
  /// Registers what the files say, as demo/load does, and each ward's team with its members.
  Places(const std::string& demo, test_support::Town& town);

  const std::vector<Council>& councils() const { return councils_; }
  const Council& Of(const std::string& name) const;
  /// Calls as the file has them, without a day.
  const std::vector<Row>& rows() const { return rows_; }
  /// A row of the council with a point and a ward, another one for another number.
  Row RowIn(const std::string& council, size_t number) const;

 private:
  void RegisterWards(const std::string& path, test_support::Town& town);
  void RegisterAgencies(const std::string& path, test_support::Town& town);
  void RegisterCouncillors(const std::string& path, test_support::Town& town);
  void CreateTeams(test_support::Town& town);
  void ReadCalls(const std::string& path);
  Council& Find(const std::string& name);

  std::vector<Council> councils_;
  std::vector<Row> rows_;
};

}  // namespace ccfa::year
