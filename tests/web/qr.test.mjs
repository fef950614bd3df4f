// The QR codes of the pages, against qrencode 4.1.1 (Kentaro Fukuchi's, an independent encoder):
// SHA-256 of the rows, "1" for dark, each ended by a line feed. `qrencode -8 -l M -m 0` made them.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";

// Node takes a .js file for a module only where a package.json says so, and the pages have none.
const source = readFileSync(new URL("../../examples/server/web/qr.js", import.meta.url));
const { qr } = await import(`data:text/javascript;base64,${source.toString("base64")}`);

const place = encodeURIComponent("常総市");
const uri = `otpauth://totp/${place}:kanri?secret=ABCDEFGHIJKLMNOPQRSTUVWXYZ234567&issuer=${place}&algorithm=SHA1&digits=6&period=30`;
const known = [
  [uri, 53, "52a6fdf1bfba91d0a8cfa841ed75a9eedb54f6afefd5de5f5d1292fb20396257"],
  ["x".repeat(128), 49, "5acd0510811a5223710a57f9c9c46a3de875bf6cd9fb837671f6aa5134246426"],
  ["x".repeat(256), 65, "eb3dcb26a2393075661b863d133fc0939a3e59967bc050a4e357ba954979565d"],
  ["x".repeat(416), 81, "f8aaecdc7a81d0ba6ab2dc73856ca206c34e9a1a636de93efefaeecd1483e6b2"],
  ["x".repeat(666), 97, "ce6e4fb9014048bce5d776c82174495521c4c4bed1e7a9576101e3eec6c075ed"],
];

const rows = (grid) => grid.map((row) => row.map((dark) => (dark ? "1" : "0")).join("") + "\n").join("");

describe("a QR code", () => {
  for (const [text, side, digest] of known) {
    it(`of ${text.length} characters is the one that another encoder makes`, () => {
      const grid = qr(text);
      assert.equal(grid.length, side);
      assert.equal(createHash("sha256").update(rows(grid)).digest("hex"), digest);
    });
  }

  it("of the shortest text is of version 1, with its three corners", () => {
    const grid = qr("A");
    assert.equal(grid.length, 21);
    for (const [y, x] of [
      [0, 0],
      [0, 14],
      [14, 0],
    ]) {
      const corner = grid.slice(y, y + 7).map((row) => row.slice(x, x + 7));
      assert.equal(rows(corner), "1111111\n1000001\n1011101\n1011101\n1011101\n1000001\n1111111\n");
    }
  });

  it("is refused for what does not fit", () => assert.throws(() => qr("x".repeat(667)), RangeError));
});
