// Prints every row of a RocksDB folder as it is stored, whatever compresses its files: for tests
// that look for what must not be there.
#include <rocksdb/db.h>

#include <iostream>
#include <memory>

int main(int, char** argv) {
  std::vector<std::string> families;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  rocksdb::Status status = rocksdb::DB::ListColumnFamilies({}, argv[1], &families);
  std::vector<rocksdb::ColumnFamilyDescriptor> all;
  for (const std::string& family : families)
    all.emplace_back(family, rocksdb::ColumnFamilyOptions());
  if (status.ok()) status = rocksdb::DB::OpenForReadOnly({}, argv[1], all, &handles, &opened);
  if (!status.ok()) {
    std::cerr << argv[1] << ": " << status.ToString() << "\n";
    return 1;
  }
  const std::unique_ptr<rocksdb::DB> db(opened);
  for (rocksdb::ColumnFamilyHandle* family : handles) {
    std::unique_ptr<rocksdb::Iterator> row(db->NewIterator({}, family));
    for (row->SeekToFirst(); row->Valid(); row->Next()) {
      std::cout << row->key().ToString() << row->value().ToString() << "\n";
    }
    status = row->status();
    row.reset();
    db->DestroyColumnFamilyHandle(family);
    if (!status.ok()) return 1;
  }
  return 0;
}
