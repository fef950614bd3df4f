/** How a file's letters may be written, for a choice. */
export const encodings = [
  ["", "自動で見分ける"],
  ["cp932", "Shift_JIS（Windows の Excel）"],
  ["utf-8", "UTF-8"],
  ["utf-16le", "UTF-16"],
];
