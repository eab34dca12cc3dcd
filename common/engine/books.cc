#include "common/engine/books.h"

#include <cstring>

#include "absl/strings/str_cat.h"

namespace ccfa::engine {
namespace {

// The kinds of row, after kBooksId.
constexpr char kApplied = 'a', kRequest = 'r', kChain = 'h', kCursor = 'c', kEdition = 'e';

std::string Key(char kind, absl::string_view first = "", absl::string_view second = "") {
  std::string key = {kBooksId, kind};
  absl::StrAppend(&key, first);
  if (!second.empty()) absl::StrAppend(&key, "/", second);
  return key;
}

template <class Pod>
absl::string_view BytesOf(const Pod& pod) {
  return {reinterpret_cast<const char*>(&pod), sizeof pod};
}

template <class Pod>
std::optional<Pod> Read(const state::Rows& rows, const std::string& key) {
  auto bytes = rows.Get(key);
  Pod pod{};
  if (!bytes || bytes->size() != sizeof pod) return std::nullopt;
  std::memcpy(&pod, bytes->data(), sizeof pod);
  return pod;
}

}  // namespace

uint64_t Books::Applied() const {
  return Read<uint64_t>(rows_, Key(kApplied)).value_or(0);
}

void Books::SetApplied(uint64_t offset) {
  rows_.Put(Key(kApplied), BytesOf(offset));
}

std::optional<Books::Request> Books::FindRequest(absl::string_view council,
                                                 absl::string_view request_id) const {
  return Read<Request>(rows_, Key(kRequest, council, request_id));
}

void Books::RememberRequest(absl::string_view council, absl::string_view request_id,
                            Request request) {
  rows_.Put(Key(kRequest, council, request_id), BytesOf(request));
}

std::string Books::ChainHead(absl::string_view council) const {
  return rows_.Get(Key(kChain, council)).value_or("");
}

void Books::SetChainHead(absl::string_view council, absl::string_view hash) {
  rows_.Put(Key(kChain, council), hash);
}

std::string Books::SourceOf(const record::v1::Cause& cause) {
  return cause.has_partition() ? absl::StrCat(cause.topic(), "/", cause.partition())
                               : cause.topic();
}

Books::Cursor Books::FindCursor(absl::string_view source) const {
  struct Stored {
    uint64_t offset;
    uint64_t ordinal;
  };
  auto stored = Read<Stored>(rows_, Key(kCursor, source));
  return stored ? Cursor{stored->offset, static_cast<uint32_t>(stored->ordinal)} : Cursor{};
}

void Books::SetCursor(absl::string_view source, Cursor cursor) {
  uint64_t stored[2] = {cursor.offset, cursor.ordinal};
  rows_.Put(Key(kCursor, source), BytesOf(stored));
}

uint64_t Books::Edition() const {
  return Read<uint64_t>(rows_, Key(kEdition)).value_or(1);
}

void Books::SetEdition(uint64_t edition) {
  rows_.Put(Key(kEdition), BytesOf(edition));
}

bool Books::IsCursor(absl::string_view key) {
  return key.size() > 1 && key[0] == kBooksId && key[1] == kCursor;
}

}  // namespace ccfa::engine
