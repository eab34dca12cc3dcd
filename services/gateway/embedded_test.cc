#include "services/gateway/embedded.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <cstring>
#include <stdexcept>

#include "absl/strings/str_cat.h"

namespace ccfa::gateway {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::StartsWith;

constexpr const char* kNames[] = {"console.css", "console.js",  "govuk-frontend.min.js",
                                  "icon.svg",    "leaflet.css", "leaflet.js",
                                  "live.js",     "map.js",      "third-party.txt"};

const Asset& Named(absl::string_view name) {
  const Asset* asset = FindAsset(AssetUrl(name));
  if (asset == nullptr) throw std::runtime_error(absl::StrCat("no asset ", name));
  return *asset;
}

std::string BodyOf(absl::string_view name) {
  return std::string(Named(name).body);
}

std::string Unzipped(absl::string_view gzipped, size_t size) {
  z_stream stream = {};
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(gzipped.data()));
  stream.avail_in = static_cast<uInt>(gzipped.size());
  std::string body(size + 1, '\0');
  stream.next_out = reinterpret_cast<Bytef*>(body.data());
  stream.avail_out = static_cast<uInt>(body.size());
  inflateInit2(&stream, 15 + 16);
  const int ended = inflate(&stream, Z_FINISH);
  body.resize(stream.total_out);
  inflateEnd(&stream);
  return ended == Z_STREAM_END ? body : "not a whole gzip stream";
}

TEST(Assets, AreServedByWhatTheyHoldPlainAndGzipped) {
  for (const char* name : kNames) {
    SCOPED_TRACE(name);
    const Asset& asset = Named(name);
    EXPECT_THAT(asset.path, MatchesRegex("/assets/[a-z.-]+-[0-9a-f]{8}\\.[a-z]+"));
    EXPECT_FALSE(asset.body.empty());
    EXPECT_EQ(Unzipped(asset.gzipped, asset.body.size()), asset.body);
    EXPECT_LT(asset.gzipped.size(), asset.body.size());
    EXPECT_THAT(asset.etag, StartsWith("\""));
  }
  EXPECT_EQ(Named("console.css").type, "text/css; charset=utf-8");
  EXPECT_EQ(Named("map.js").type, "text/javascript; charset=utf-8");
  EXPECT_EQ(Named("icon.svg").type, "image/svg+xml");
}

TEST(Assets, AreFoundByTheirWholePathAlone) {
  for (const char* path : {"", "/assets/", "/assets/console.css", "/assets/../embedded.cc",
                           "/assets/http_rules.txtpb", "console.css"})
    EXPECT_EQ(FindAsset(path), nullptr) << path;
}

TEST(Assets, ScriptsLoadOneAnotherByThePathsThereAre) {
  const auto file_of = [](const char* name) {
    return AssetUrl(name).substr(std::strlen("/assets/"));
  };
  for (const char* loaded : {"govuk-frontend.min.js", "live.js", "map.js"})
    EXPECT_THAT(BodyOf("console.js"), HasSubstr(absl::StrCat("\"./", file_of(loaded), "\"")));
  for (const char* loaded : {"leaflet.css", "leaflet.js"})
    EXPECT_THAT(BodyOf("map.js"), HasSubstr(absl::StrCat("\"./", file_of(loaded), "\"")));
}

// What a phone on a slow line waits for before a page is there as it is meant.
TEST(Assets, OfAPageWithoutAMapAreSmall) {
  size_t size = 0;
  for (const char* name : {"console.css", "console.js", "govuk-frontend.min.js", "live.js"})
    size += Named(name).gzipped.size();
  EXPECT_LT(size, 60u << 10);
}

TEST(Assets, BearNoCrownAndComeFromNowhereElse) {
  const std::string styles = BodyOf("console.css");
  EXPECT_THAT(styles, Not(HasSubstr("url(")));
  EXPECT_THAT(styles, Not(HasSubstr("GDS Transport")));
  EXPECT_THAT(styles, HasSubstr(".govuk-button"));
  EXPECT_THAT(styles, HasSubstr(".app-board"));
}

TEST(Assets, SayWhoseTheyAre) {
  const std::string licences = BodyOf("third-party.txt");
  EXPECT_THAT(licences, HasSubstr("Crown Copyright (Government Digital Service)"));
  EXPECT_THAT(licences, HasSubstr("Volodymyr Agafonkin"));
}

}  // namespace
}  // namespace ccfa::gateway
