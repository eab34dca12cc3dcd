// Writes a year of the three councils into a data folder: ccfa-all serves it.

#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "demo/year/year.h"
#include "tests/support/calendar.h"

int main(int argc, char** argv) {
  CLI::App app("A worked year of Riverton, Sandford and Collingbridge");
  std::string folder;
  ccfa::year::Plan plan;
  app.add_option("--data", folder, "A folder that is not there yet")
      ->required()
      ->check(CLI::NonexistentPath);
  app.add_option("--seed", plan.seed, "Another seed, another year")->capture_default_str();
  app.add_option("--calls", plan.calls, "How many calls the crowd makes")
      ->capture_default_str()
      ->check(CLI::Range(0, 5000));
  CLI11_PARSE(app, argc, argv);

  ::testing::InitGoogleTest();
  ccfa::test_support::Town town(ccfa::test_support::London(2026, 1, 2, 9), folder);
  ccfa::year::Year year(town, plan);
  year.Live();
  const size_t calls = town.Stories().size();
  std::cout << calls << " calls of 2026 in " << folder << "\n";
  return ::testing::UnitTest::GetInstance()->Failed() ? 1 : 0;
}
