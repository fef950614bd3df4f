// The answers: a page keeps its records, and the C structs that show them, until it is freed.
#pragma once

#include <renraku/page.hpp>

#include "described.hpp"
#include "fill.hpp"
#include "read.hpp"

namespace renraku::capi {

template <class Record>
class PageOf {
 public:
  explicit PageOf(Page<Record> page) : page_(std::move(page)) {
    items_.reserve(page_.items.size());
    for (const Record& record : page_.items) items_.push_back(to_c(record, arena_));
  }
  explicit PageOf(std::vector<Record> all) : PageOf(Page<Record>{std::move(all), {}}) {}
  explicit PageOf(Record one) : PageOf(std::vector<Record>{std::move(one)}) {}

  [[nodiscard]] std::uint64_t count() const { return items_.size(); }
  [[nodiscard]] const CStruct<Record>* at(std::uint64_t index) const {
    return index < items_.size() ? items_[index] : nullptr;
  }
  [[nodiscard]] const char* next() const {
    return page_.next.empty() ? nullptr : page_.next.c_str();
  }

 private:
  Page<Record> page_;
  Arena arena_;
  std::vector<const CStruct<Record>*> items_;
};

/// Which page a host asks for.
inline PageRequest read_page_request(const renraku_page_request* given) {
  PageRequest request = read_or_default<PageRequest>(given, "request");
  if (request.size == 0) request.size = PageRequest{}.size;
  return request;
}

}  // namespace renraku::capi

/// Every noun that comes in pages, as RENRAKU_PAGE declares it in C, and its record.
#define RENRAKU_PAGES(each)                                                                    \
  each(check_report, CheckReport) each(evacuee, Evacuee) each(evacuee_line, EvacueeLine)       \
      each(export_report, ExportReport) each(import_conflict, ImportConflict)                  \
          each(import_report, ImportReport) each(journal_entry, JournalEntry)                  \
              each(journal_report, JournalReport) each(key_slot, KeySlot) each(member, Member) \
                  each(missing_evacuee, MissingEvacuee) each(municipality, Municipality)       \
                      each(open_row, OpenRow) each(organisation, Organisation)                 \
                          each(person, Person) each(suspect, Suspect)

#define RENRAKU_PAGE_HANDLE(noun, Record)                                 \
  struct renraku_##noun##_page : renraku::capi::PageOf<renraku::Record> { \
    using PageOf::PageOf;                                                 \
  };
RENRAKU_PAGES(RENRAKU_PAGE_HANDLE)
#undef RENRAKU_PAGE_HANDLE
