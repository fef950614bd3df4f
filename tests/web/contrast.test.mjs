// Every pair of text and ground that the style sheet makes: WCAG 2.2, 1.4.3 (AA), in both schemes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";

const css = readFileSync(new URL("../../examples/server/web/tokens.css", import.meta.url), "utf8");
const tokens = (text) =>
  Object.fromEntries(
    [...text.matchAll(/--([a-z-]+):\s*(#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value]),
  );
const dark_at = css.indexOf("prefers-color-scheme: dark");
const light = tokens(css.slice(0, dark_at));
const dark = { ...light, ...tokens(css.slice(dark_at)) };

function luminance(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const grounds = ["paper", "surface", "sunken"];
const text = [
  ...grounds.flatMap((ground) => ["ink", "ink-soft", "accent", "accent-strong"].map((ink) => [ink, ground])),
  ...["accent", "accent-strong"].map((ground) => ["on-accent", ground]),
  ...["on-bad-soft", "on-warn-soft"].map((ink) => [ink, "surface"]),
];
// Borders of controls and the labels' dots: 1.4.11 asks for 3.
const shapes = [
  ["line-strong", "surface"],
  ["line-strong", "paper"],
  ["accent", "paper"],
  ["red", "red-soft"],
  ["blue", "blue-soft"],
];

for (const [scheme, values] of Object.entries({ light, dark })) {
  const softs = Object.keys(values).filter((name) => name.endsWith("-soft") && values[`on-${name}`]);
  describe(`contrast, ${scheme}`, () => {
    it("has a text colour for every soft ground", () => assert.equal(softs.length, 8));
    for (const [ink, ground] of [...text, ...softs.map((name) => [`on-${name}`, name])]) {
      it(`${ink} on ${ground}`, () =>
        assert.ok(
          contrast(values[ink], values[ground]) >= 4.5,
          contrast(values[ink], values[ground]).toFixed(2),
        ));
    }
    for (const [shape, ground] of shapes) {
      it(`${shape} on ${ground}`, () =>
        assert.ok(
          contrast(values[shape], values[ground]) >= 3,
          contrast(values[shape], values[ground]).toFixed(2),
        ));
    }
  });
}
