/* Rosters from files and back, and what waits for an officer after an import.
 *
 * Columns are called by their canonical Japanese names; a whole row's column is "". Lines count
 * records, the header being 1, not physical lines: a record with a line break in a cell is one. */
#ifndef RENRAKU_C_ROSTER_H
#define RENRAKU_C_ROSTER_H

#include <renraku/c/evacuee.h>

RENRAKU_BEGIN

/* --- import ---------------------------------------------------------------------------------- */

typedef struct renraku_import_options {
  uint64_t struct_size;
  int32_t dry_run;      /* 1: do everything but write */
  const char* encoding; /* "utf-8", "cp932", "utf-16le", "utf-16be"; NULL: find out */
  const char* profile; /* a mapping profile, as renraku_import_report has it; NULL: known aliases */
  int32_t accept_large; /* 1: go on although more than a tenth of the people would change or miss */
  const char* district; /* the file speaks of this district alone; NULL: of the whole roster */
} renraku_import_options;

/* A row that was not taken. It waits as an open row until an officer mends or dismisses it. */
typedef struct renraku_row_rejection {
  uint64_t struct_size;
  int64_t line;
  const char* column;
  const char* reason; /* "missing", "invalid", "future", "columns", "encoding" */
} renraku_row_rejection;

/* A row that says again what an earlier one said of the same person. */
typedef struct renraku_row_duplicate {
  uint64_t struct_size;
  int64_t line;
  int64_t first_line;
} renraku_row_duplicate;

typedef struct renraku_row_warning {
  uint64_t struct_size;
  int64_t line;
  const char* column;
  /* "birth_unknown", "sex_unknown", "consent_unknown", "era_overshoot", "zero_restored",
   * "private_use", "protection_suspected", "reference_moved", "differs" */
  const char* reason;
} renraku_row_warning;

/* Two entries that may be the same person; both were taken, and an officer decides. */
typedef struct renraku_row_suspect {
  uint64_t struct_size;
  int64_t line;
  int64_t other_line; /* 0 when the other is in the store already */
  /* what is alike: "name", "kana", "birth_date", "sex", "phone", "address", "municipal_number" */
  const char* const* reasons;
  uint64_t reasons_count;
} renraku_row_suspect;

/* A field that was edited here since the last import and that the file has otherwise: the stored
 * value stays until an officer decides. */
typedef struct renraku_row_conflict {
  uint64_t struct_size;
  int64_t line;
  const char* column;
} renraku_row_conflict;

/* How the texts of a coded column were understood. */
typedef struct renraku_code_meaning {
  uint64_t struct_size;
  const char* column;
  const char* text;
  const char* meaning;
  int64_t count;
} renraku_code_meaning;

typedef struct renraku_import_report {
  uint64_t struct_size;
  const char* encoding; /* that the file was read in */
  int64_t rows;         /* = added + updated + unchanged + rejected + duplicates */
  int64_t added;
  int64_t updated;
  int64_t unchanged;
  int64_t missing; /* people of the store whom the file does not name */
  const renraku_row_rejection* const* rejected;
  uint64_t rejected_count;
  const renraku_row_duplicate* const* duplicates;
  uint64_t duplicates_count;
  const renraku_row_suspect* const* suspects;
  uint64_t suspects_count;
  const renraku_row_conflict* const* conflicts;
  uint64_t conflicts_count;
  const renraku_row_warning* const* warnings;
  uint64_t warnings_count;
  const renraku_code_meaning* const* codes;
  uint64_t codes_count;
  const char* profile; /* how the headers were understood, for the next import (JSON) */
} renraku_import_report;
RENRAKU_PAGE(import_report);

/* Takes a CSV file: finds encoding and columns, checks and matches every row, then writes what can
 * be taken in one transaction. Every row that can't be is in the report and kept as an open row.
 * The same file again changes nothing. RENRAKU_NOT_FOUND, RENRAKU_ENCODING, RENRAKU_MISSING (a
 * needed column), RENRAKU_INVALID (no CSV, an unclosed quote), RENRAKU_TOO_LARGE,
 * RENRAKU_TOO_MANY_CHANGES, RENRAKU_CANCELLED; nothing is changed then. */
int32_t renraku_roster_import_file(renraku_session* session, const char* file,
                                   const renraku_import_options* options,
                                   const renraku_watch* watch, renraku_import_report_page** report,
                                   renraku_error** error);

/* Gives the next row, the headers first: `*cells` becomes an array of `*cells_count` texts, which
 * stay the host's and are read before the next call. Leaves `*cells` NULL at the end. Anything but
 * 0 cancels. */
typedef int32_t (*renraku_row_callback)(void* user, const char* const** cells,
                                        uint64_t* cells_count);

/* The same from rows that a program has already. */
int32_t renraku_roster_import_rows(renraku_session* session, renraku_row_callback rows,
                                   void* rows_user, const renraku_import_options* options,
                                   const renraku_watch* watch, renraku_import_report_page** report,
                                   renraku_error** error);

/* --- export ---------------------------------------------------------------------------------- */

typedef struct renraku_export_options {
  uint64_t struct_size;
  const char* encoding; /* "cp932", "utf-8-bom"; NULL: "cp932" */
} renraku_export_options;

/* A character that the encoding does not have; 〓 stands in the file in its place. */
typedef struct renraku_unencodable_cell {
  uint64_t struct_size;
  int64_t line;
  const char* column;
} renraku_unencodable_cell;

typedef struct renraku_export_report {
  uint64_t struct_size;
  int64_t rows;
  int64_t open_rows; /* rows of earlier files that wait to be mended and are not in this file */
  int64_t withheld;  /* people whose place was left out because they are under protection */
  const renraku_unencodable_cell* const* unencodable;
  uint64_t unencodable_count;
} renraku_export_report;
RENRAKU_PAGE(export_report);

/* Writes the roster in the 26-column layout. The file is complete or absent. RENRAKU_EXISTS when it
 * is there already. */
int32_t renraku_roster_export_file(renraku_session* session, const char* file,
                                   const renraku_export_options* options,
                                   const renraku_watch* watch, renraku_export_report_page** report,
                                   renraku_error** error);

/* --- how it stands --------------------------------------------------------------------------- */

/* How the roster of a municipality stands. A list's count is of what it shows an officer. */
typedef struct renraku_roster_summary {
  uint64_t struct_size;
  int64_t people;    /* everybody on the list of evacuees: all but those withdrawn */
  int64_t open_rows; /* rows of files that wait to be mended or dismissed */
  int64_t suspects;  /* pairs that may be one person, not decided yet */
  int64_t missing;   /* people whom the last file did not name, not decided yet */
  int64_t conflicts; /* fields where file and store disagree, not decided yet */
} renraku_roster_summary;
RENRAKU_PAGE(roster_summary);

/* All counted at one moment, for the session's municipality; a page of one. Names nobody, and tells
 * nothing of protection. RENRAKU_NOT_PERMITTED for who may not see the lists. */
int32_t renraku_roster_summary_view(renraku_session* session, renraku_roster_summary_page** summary,
                                    renraku_error** error);

/* --- open rows (未取込) ------------------------------------------------------------------------
 */

/* A row of a file that could not be taken, as it came. */
typedef struct renraku_open_row {
  uint64_t struct_size;
  const char* id;
  int64_t revision;
  const char* municipality;
  int64_t imported_at;
  int64_t line;
  const char* column;
  const char* reason;
  const renraku_extra_column* const* cells; /* by header, in order */
  uint64_t cells_count;
  int32_t withheld; /* 1: the cells were left out because they tell of protection */
} renraku_open_row;
RENRAKU_PAGE(open_row);

/* Oldest first, without those mended or dismissed. */
int32_t renraku_open_row_list(renraku_session* session, const renraku_page_request* request,
                              renraku_open_row_page** rows, renraku_error** error);

int32_t renraku_open_row_count(renraku_session* session, int64_t* count, renraku_error** error);

/* Takes the row with these cells, as an import would; `evacuee` becomes the entry's id, to be freed
 * with renraku_text_free. RENRAKU_INVALID and RENRAKU_MISSING with the column as field,
 * RENRAKU_CONFLICT for a stale revision. */
int32_t renraku_open_row_mend(renraku_session* session, const renraku_open_row* mended,
                              char** evacuee, renraku_error** error);

/* The row needs nobody's help any more; it stays in the history. */
int32_t renraku_open_row_dismiss(renraku_session* session, const char* id, int64_t revision,
                                 renraku_error** error);

/* --- suspects, missing people, conflicts -------------------------------------------------------
 */

/* A pair of people that may be one. Linking is a human's decision and can be undone. */
typedef struct renraku_suspect {
  uint64_t struct_size;
  const char* id;
  int64_t revision;
  const char* municipality;
  const char* first;
  const char* second;
  const char* const* reasons; /* as in renraku_row_suspect */
  uint64_t reasons_count;
  const char* decision; /* "open", "same", "different" */
} renraku_suspect;
RENRAKU_PAGE(suspect);

int32_t renraku_suspect_list(renraku_session* session, const renraku_page_request* request,
                             renraku_suspect_page** suspects, renraku_error** error);

/* Those decided, the pair that came last first: any can be opened again. */
int32_t renraku_suspect_list_decided(renraku_session* session, const renraku_page_request* request,
                                     renraku_suspect_page** suspects, renraku_error** error);

/* "same", "different", or "open" again (undo). */
int32_t renraku_suspect_decide(renraku_session* session, const char* id, int64_t revision,
                               const char* decision, renraku_suspect_page** result,
                               renraku_error** error);

/* Somebody of the store whom the last file did not name. Nobody is withdrawn by that alone. */
typedef struct renraku_missing_evacuee {
  uint64_t struct_size;
  const char* id;
  int64_t revision;
  const char* municipality;
  const char* evacuee;
  const char* person;
  int64_t noticed_at;
  const char* decision; /* "open", "moved_out", "died", "mistake", "keep" */
} renraku_missing_evacuee;
RENRAKU_PAGE(missing_evacuee);

int32_t renraku_missing_evacuee_list(renraku_session* session, const renraku_page_request* request,
                                     renraku_missing_evacuee_page** missing, renraku_error** error);

/* "moved_out", "died" and "mistake" withdraw the entry; "keep" leaves it on the roster. */
int32_t renraku_missing_evacuee_decide(renraku_session* session, const char* id, int64_t revision,
                                       const char* decision, renraku_missing_evacuee_page** result,
                                       renraku_error** error);

/* A field where the file and an edit made here disagree, or where a duplicate row said otherwise.
 */
typedef struct renraku_import_conflict {
  uint64_t struct_size;
  const char* id;
  int64_t revision;
  const char* municipality;
  const char* evacuee;
  const char* person;
  const char* column;
  const char* stored; /* as stored and as in the file, in the file's notation; "" where withheld */
  const char* file;
  int64_t noticed_at;
  const char* decision; /* "open", "keep", "take" */
  int32_t withheld;
} renraku_import_conflict;
RENRAKU_PAGE(import_conflict);

int32_t renraku_import_conflict_list(renraku_session* session, const renraku_page_request* request,
                                     renraku_import_conflict_page** conflicts,
                                     renraku_error** error);

/* "keep" leaves what is stored, "take" puts the file's value in. */
int32_t renraku_import_conflict_decide(renraku_session* session, const char* id, int64_t revision,
                                       const char* decision, renraku_import_conflict_page** result,
                                       renraku_error** error);

RENRAKU_END

#endif
