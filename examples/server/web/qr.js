// QR codes (ISO/IEC 18004) of bytes, with error correction level M (about 15 %), versions 1 to 20:
// up to 666 bytes, far more than an otpauth address has. Nothing leaves the page.

// Of each version: the check words of one block, and how many blocks there are.
const checkWords = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26];
const blockCounts = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];
const level_m = 0b00;

// GF(256) by the polynomial x⁸+x⁴+x³+x²+1.
const power = new Uint8Array(510);
const log = new Uint8Array(256);
for (let i = 0, value = 1; i < 255; ++i) {
  power[i] = power[i + 255] = value;
  log[value] = i;
  value <<= 1;
  if (value > 255) value ^= 0x11d;
}
const times = (a, b) => (a === 0 || b === 0 ? 0 : power[log[a] + log[b]]);

/** The remainder of the data by the Reed-Solomon generator of that degree. */
function remainder(data, degree) {
  let generator = [1];
  for (let i = 0; i < degree; ++i) {
    const next = [...generator, 0];
    generator.forEach((factor, at) => (next[at + 1] ^= times(factor, power[i])));
    generator = next;
  }
  const rest = new Uint8Array(data.length + degree);
  rest.set(data);
  for (let i = 0; i < data.length; ++i) {
    const factor = rest[i];
    generator.forEach((each, at) => (rest[i + at] ^= times(each, factor)));
  }
  return rest.slice(data.length);
}

const sideOf = (version) => 17 + 4 * version;

/** Where the centres of the alignment patterns lie, on both axes. */
function alignment(version) {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const last = sideOf(version) - 7;
  const step = 2 * Math.ceil((last - 6) / (count - 1) / 2);
  return Array.from({ length: count }, (_, i) => (i === 0 ? 6 : last - step * (count - 1 - i)));
}

/** How many whole words, of data and check, a version holds. */
function wordsOf(version) {
  const lines = alignment(version).length;
  const side = sideOf(version);
  let taken = 3 * 64 + 2 * 15 + 1 + 2 * (side - 16);
  if (lines > 0) taken += 25 * (lines * lines - 3) - 2 * 5 * (lines - 2);
  if (version >= 7) taken += 36;
  return Math.floor((side * side - taken) / 8);
}

const dataWords = (version) => wordsOf(version) - checkWords[version - 1] * blockCounts[version - 1];
const countBits = (version) => (version < 10 ? 8 : 16);

function encoded(bytes, version) {
  const bits = [];
  const put = (value, width) => {
    for (let i = width - 1; i >= 0; --i) bits.push((value >> i) & 1);
  };
  put(0b0100, 4);
  put(bytes.length, countBits(version));
  for (const byte of bytes) put(byte, 8);
  const room = 8 * dataWords(version);
  put(0, Math.min(4, room - bits.length));
  put(0, (8 - (bits.length % 8)) % 8);
  for (let fill = 0; bits.length < room; fill ^= 1) put(fill ? 0x11 : 0xec, 8);
  return Uint8Array.from({ length: room / 8 }, (_, i) =>
    bits.slice(8 * i, 8 * i + 8).reduce((word, bit) => 2 * word + bit, 0),
  );
}

/** Data and check words of all blocks, in turns; the last blocks may have a word more. */
function interleaved(data, version) {
  const count = blockCounts[version - 1];
  const short = Math.floor(data.length / count);
  const longs = data.length % count;
  const blocks = [];
  for (let i = 0, at = 0; i < count; ++i) {
    const size = short + (i >= count - longs ? 1 : 0);
    blocks.push(data.slice(at, at + size));
    at += size;
  }
  const checks = blocks.map((block) => remainder(block, checkWords[version - 1]));
  const inTurns = (lists) =>
    Array.from({ length: Math.max(...lists.map((list) => list.length)) }, (_, i) =>
      lists.filter((list) => i < list.length).map((list) => list[i]),
    ).flat();
  return [...inTurns(blocks), ...inTurns(checks)];
}

/** Five (or six) bits of information followed by their remainder. */
function protectedBits(value, degree, generator) {
  let rest = value << degree;
  for (let top = 1 << (degree + 5); top >= 1 << degree; top >>= 1) {
    if (rest & top) rest ^= generator * (top >> degree);
  }
  return (value << degree) | rest;
}

/** The patterns that are the same for all data: undefined where data goes. */
function frame(version) {
  const side = sideOf(version);
  const grid = Array.from({ length: side }, () => new Array(side));
  const ring = (row, column, radius, from) => {
    for (let y = -radius; y <= radius; ++y) {
      for (let x = -radius; x <= radius; ++x) {
        const far = Math.max(Math.abs(x), Math.abs(y));
        if (grid[row + y] && column + x >= 0 && column + x < side) grid[row + y][column + x] = from(far);
      }
    }
  };
  for (let i = 0; i < side; ++i) grid[6][i] = grid[i][6] = i % 2 === 0;
  for (const [row, column] of [
    [3, 3],
    [3, side - 4],
    [side - 4, 3],
  ]) {
    ring(row, column, 4, (far) => far !== 2 && far !== 4);
  }
  const centres = alignment(version);
  const last = centres.length - 1;
  centres.forEach((row, i) =>
    centres.forEach((column, j) => {
      const corner = (i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0);
      if (!corner) ring(row, column, 2, (far) => far !== 1);
    }),
  );
  if (version >= 7) {
    const bits = protectedBits(version, 12, 0x1f25);
    for (let i = 0; i < 18; ++i) {
      const row = side - 11 + (i % 3);
      const column = Math.floor(i / 3);
      grid[row][column] = grid[column][row] = Boolean((bits >> i) & 1);
    }
  }
  writeFormat(grid, 0);
  return grid;
}

function writeFormat(grid, mask) {
  const side = grid.length;
  const bits = protectedBits((level_m << 3) | mask, 10, 0x537) ^ 0x5412;
  for (let i = 0; i < 15; ++i) {
    const bit = Boolean((bits >> i) & 1);
    // Around the upper left corner, passing over the timing lines …
    if (i < 8) grid[i < 6 ? i : i + 1][8] = bit;
    else grid[8][i === 8 ? 7 : 14 - i] = bit;
    // … and once more, beside the two others.
    if (i < 8) grid[8][side - 1 - i] = bit;
    else grid[side - 15 + i][8] = bit;
  }
  grid[side - 8][8] = true;
}

const masks = [
  (y, x) => (y + x) % 2 === 0,
  (y) => y % 2 === 0,
  (y, x) => x % 3 === 0,
  (y, x) => (y + x) % 3 === 0,
  (y, x) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0,
  (y, x) => ((y * x) % 2) + ((y * x) % 3) === 0,
  (y, x) => (((y * x) % 2) + ((y * x) % 3)) % 2 === 0,
  (y, x) => (((y + x) % 2) + ((y * x) % 3)) % 2 === 0,
];

/** Fills the data in, two columns at a time, from the lower right corner, up and down. */
function filled(version, words, mask) {
  const grid = frame(version);
  const side = grid.length;
  let at = 0;
  let up = true;
  for (let right = side - 1; right > 0; right -= 2) {
    if (right === 6) --right;
    for (let i = 0; i < side; ++i) {
      const y = up ? side - 1 - i : i;
      for (const x of [right, right - 1]) {
        if (grid[y][x] !== undefined) continue;
        const bit = at < 8 * words.length && (words[at >> 3] >> (7 - (at & 7))) & 1;
        ++at;
        grid[y][x] = Boolean(bit) !== masks[mask](y, x);
      }
    }
    up = !up;
  }
  writeFormat(grid, mask);
  return grid;
}

/** How badly a code would read: long runs, squares, what looks like a corner, uneven darkness. */
function penalty(grid) {
  const side = grid.length;
  let points = 0;
  const lines = [
    ...grid.map((row) => row.map(Number).join("")),
    ...grid.map((_, x) => grid.map((row) => Number(row[x])).join("")),
  ];
  for (const line of lines) {
    for (const run of line.match(/0{5,}|1{5,}/g) ?? []) points += run.length - 2;
    for (const looks of [/(?=10111010000)/g, /(?=00001011101)/g]) {
      points += 40 * [...line.matchAll(looks)].length;
    }
  }
  let dark = 0;
  for (let y = 0; y < side; ++y) {
    for (let x = 0; x < side; ++x) {
      const bit = grid[y][x];
      dark += bit;
      if (grid[y + 1]?.[x] === bit && grid[y][x + 1] === bit && grid[y + 1][x + 1] === bit) points += 3;
    }
  }
  return points + 10 * Math.floor(Math.abs((100 * dark) / (side * side) - 50) / 5);
}

/** Rows of true (dark) and false, without the quiet zone. Throws RangeError for too long a text. */
export function qr(text) {
  const bytes = new TextEncoder().encode(text);
  const fits = (version) => 4 + countBits(version) + 8 * bytes.length <= 8 * dataWords(version);
  const version = checkWords.findIndex((_, i) => fits(i + 1)) + 1;
  if (version === 0) throw new RangeError("the text is too long for a QR code of version 20");
  const words = interleaved(encoded(bytes, version), version);
  const all = masks.map((_, mask) => filled(version, words, mask));
  return all.reduce((best, grid) => (penalty(grid) < penalty(best) ? grid : best));
}
