#include "common/geo/geojson.h"

#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  auto features = ccfa::geo::ParseGeoJson(ccfa::fuzz::TextOf(data, size));
  ccfa::fuzz::Require(features.ok() || !features.status().message().empty(),
                      "a refused file is told why");
  return 0;
}
