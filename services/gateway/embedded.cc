#include "services/gateway/embedded.h"

#include <algorithm>
#include <cstdlib>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/gateway/embedded_file.h"

namespace ccfa::gateway {
namespace {

const std::vector<EmbeddedFile>& Files() {
  static const std::vector<EmbeddedFile> files = EmbeddedFiles();
  return files;
}

/// A name that nobody embedded is a mistake of ours.
const EmbeddedFile& FileOf(EmbeddedFile::Kind kind, absl::string_view name) {
  auto file = std::find_if(Files().begin(), Files().end(), [&](const EmbeddedFile& candidate) {
    return candidate.kind == kind && candidate.name == name;
  });
  if (file == Files().end()) std::abort();
  return *file;
}

absl::string_view TypeOf(absl::string_view name) {
  if (absl::EndsWith(name, ".css")) return "text/css; charset=utf-8";
  if (absl::EndsWith(name, ".js")) return "text/javascript; charset=utf-8";
  if (absl::EndsWith(name, ".svg")) return "image/svg+xml";
  return "text/plain; charset=utf-8";
}

std::string PathOf(const EmbeddedFile& file) {
  return absl::StrCat("/assets/", file.served_as);
}

std::vector<Asset> EveryAsset() {
  std::vector<Asset> assets;
  for (const EmbeddedFile& file : Files()) {
    if (file.kind != EmbeddedFile::kAsset) continue;
    assets.push_back({.path = PathOf(file),
                      .type = TypeOf(file.name),
                      .body = file.body,
                      .gzipped = file.gzipped,
                      .etag = absl::StrCat("\"", file.served_as, "\"")});
  }
  return assets;
}

}  // namespace

absl::string_view HttpRules() {
  return FileOf(EmbeddedFile::kPlain, "http_rules.txtpb").body;
}

absl::string_view Contract() {
  return FileOf(EmbeddedFile::kPlain, "contract.bin").body;
}

const Asset* FindAsset(absl::string_view path) {
  static const std::vector<Asset> assets = EveryAsset();
  auto asset = std::find_if(assets.begin(), assets.end(),
                            [&](const Asset& candidate) { return candidate.path == path; });
  return asset == assets.end() ? nullptr : &*asset;
}

std::string AssetUrl(absl::string_view name) {
  return PathOf(FileOf(EmbeddedFile::kAsset, name));
}

std::vector<std::pair<absl::string_view, absl::string_view>> Templates() {
  std::vector<std::pair<absl::string_view, absl::string_view>> templates;
  for (const EmbeddedFile& file : Files()) {
    if (file.kind == EmbeddedFile::kTemplate) templates.emplace_back(file.name, file.body);
  }
  return templates;
}

}  // namespace ccfa::gateway
