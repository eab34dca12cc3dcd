#include "common/proof/export_file.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/util/delimited_message_util.h>

#include "absl/strings/str_cat.h"

namespace ccfa::proof {
namespace {

constexpr char kFormat[] = "ccfa-export";
constexpr uint32_t kVersion = 1;
/// More than any request, and so any record, may have.
constexpr uint64_t kLargest = 32 << 20;
constexpr size_t kReadAtOnce = 64 << 10;

}  // namespace

absl::Status ExportWriter::Write(const v1::Exported& exported) {
  return google::protobuf::util::SerializeDelimitedToOstream(exported, &out_)
             ? absl::OkStatus()
             : absl::UnavailableError("the export cannot be written: is the disk full?");
}

absl::Status ExportWriter::Begin(const std::string& council) {
  v1::Exported exported;
  exported.mutable_header()->set_format(kFormat);
  exported.mutable_header()->set_version(kVersion);
  exported.mutable_header()->set_council(council);
  return Write(exported);
}

absl::Status ExportWriter::Add(const std::string& topic, absl::string_view record) {
  v1::Exported exported;
  if (topic != topic_) {
    exported.set_topic(topic);
    if (absl::Status written = Write(exported); !written.ok()) return written;
    topic_ = topic;
  }
  exported.set_record(std::string(record));
  ++records_;
  return Write(exported);
}

absl::Status ExportWriter::End() {
  v1::Exported exported;
  exported.mutable_end()->set_records(records_);
  absl::Status written = Write(exported);
  out_.flush();
  return !written.ok() || out_.good()
             ? written
             : absl::UnavailableError("the export cannot be written: is the disk full?");
}

absl::Status ExportReader::Damaged(absl::string_view what) const {
  const std::string place = topic_.empty() ? absl::StrCat("the header of ", council_)
                                           : absl::StrCat(topic_, ", record ", records_);
  return absl::DataLossError(
      absl::StrCat("the export at byte ", began_, ", behind ", place, ": ", what));
}

absl::StatusOr<uint64_t> ExportReader::ReadLength() {
  uint64_t length = 0;
  for (int shift = 0; shift < 32; shift += 7) {
    const int byte = in_.get();
    if (byte == std::istream::traits_type::eof())
      return Damaged("ends here; expected more, up to the mark of its end");
    ++position_;
    length |= static_cast<uint64_t>(byte & 0x7f) << shift;
    if ((byte & 0x80) != 0) continue;
    if (length == 0 || length > kLargest || (shift > 0 && byte == 0)) break;
    return length;
  }
  return Damaged("expected the length of what follows");
}

absl::StatusOr<v1::Exported> ExportReader::Read() {
  began_ = position_;
  absl::StatusOr<uint64_t> length = ReadLength();
  if (!length.ok()) return length.status();
  // Bit by bit: a damaged length must not cost memory that the file does not have.
  std::string bytes;
  while (bytes.size() < *length) {
    const size_t before = bytes.size();
    bytes.resize(std::min<size_t>(*length, before + kReadAtOnce));
    in_.read(bytes.data() + before, static_cast<std::streamsize>(bytes.size() - before));
    position_ += static_cast<uint64_t>(in_.gcount());
    if (static_cast<size_t>(in_.gcount()) < bytes.size() - before)
      return Damaged(absl::StrCat("ends in the middle of ", *length, " bytes"));
  }
  v1::Exported exported;
  // Written again it is the same bytes: there is one way to say a thing, and nothing hides in it.
  if (!exported.ParseFromString(bytes) || exported.SerializeAsString() != bytes)
    return Damaged("cannot be decoded");
  return exported;
}

absl::StatusOr<std::unique_ptr<ExportReader>> ExportReader::Open(std::istream& in) {
  std::unique_ptr<ExportReader> reader(new ExportReader(in));
  absl::StatusOr<v1::Exported> first = reader->Read();
  if (!first.ok() || first->header().format() != kFormat)
    return reader->Damaged("expected the header of an exported journal");
  if (first->header().version() != kVersion) {
    return reader->Damaged(absl::StrCat("is of version ", first->header().version(),
                                        ", and this program knows ", kVersion));
  }
  reader->council_ = first->header().council();
  return reader;
}

absl::StatusOr<std::optional<ExportReader::Item>> ExportReader::Next() {
  while (true) {
    absl::StatusOr<v1::Exported> next = Read();
    if (!next.ok()) return next.status();
    switch (next->what_case()) {
      case v1::Exported::kTopic:
        if (next->topic() <= topic_)
          return Damaged(absl::StrCat("expected a topic behind ", topic_, " by name"));
        topic_ = next->topic();
        break;
      case v1::Exported::kRecord:
        if (topic_.empty()) return Damaged("expected a topic before the first record");
        ++records_;
        return Item{topic_, std::move(*next->mutable_record())};
      case v1::Exported::kEnd:
        if (next->end().records() != records_) {
          return Damaged(absl::StrCat("ends after ", records_, " records, but was written with ",
                                      next->end().records()));
        }
        if (in_.get() != std::istream::traits_type::eof()) return Damaged("goes on behind its end");
        return std::nullopt;
      case v1::Exported::kHeader:
      case v1::Exported::WHAT_NOT_SET:
        return Damaged("expected a topic, a record or the end");
    }
  }
}

}  // namespace ccfa::proof
