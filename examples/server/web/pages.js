// Turning the pages of a list whose cursors only lead on: those behind are kept.
import { $, el } from "./dom.js";

/**
 * load(after) shows a page and gives {count, next}. The way so far is kept in the history entry
 * (with `extra`, e.g. the filters), so that coming back finds the same place and no address tells
 * who was looked for.
 */
export function pager(load, extra = () => ({})) {
  const saved = history.state?.cursors ?? [""];
  let cursors = saved;

  async function show() {
    const { count, next } = await load(cursors.at(-1));
    history.replaceState({ cursors, ...extra() }, "");
    const turn = (text, enabled, go) =>
      el("button", { class: "button", type: "button", disabled: !enabled, onclick: go }, text);
    const forward = () => ((cursors = [...cursors, next]), moved());
    const back = () => ((cursors = cursors.slice(0, -1)), moved());
    const alone = cursors.length === 1 && !next;
    $("pager").replaceChildren(
      ...(alone
        ? []
        : [
            turn("前のページ", cursors.length > 1, back),
            el("span", { class: "number soft" }, `${cursors.length} ページ目・${count} 件`),
            turn("次のページ", Boolean(next), forward),
          ]),
    );
  }

  async function moved() {
    await show();
    $("main").focus();
    scrollTo({ top: 0 });
  }

  return {
    show,
    restart() {
      cursors = [""];
      return show();
    },
  };
}
