// Who is in which team: for administrators of all teams and nothing else of a patient; for
// professionals of their own patients.
import { all, post } from "./api.js";
import { $, choice, el, field, say, tell } from "./dom.js";
import { input, unfold } from "./form.js";
import { pager } from "./pages.js";
import { askForm, requests } from "./patient-team.js";
import { chip, entries, entry, section } from "./parts.js";
import { start } from "./shell.js";
import { professions } from "./words.js";

let here;

function people(lines) {
  const active = lines.filter((each) => each.active);
  if (active.length === 0) return el("p", { class: "soft" }, "担当メンバーはいません。");
  const does = (each) => [...new Set([professions[each.profession], each.role].filter(Boolean))].join("・");
  const one = (each) =>
    el(
      "li",
      {},
      el("strong", {}, each.name),
      `・${does(each)}`,
      each.lead && [" ", chip("主担当", "granted")],
    );
  return el("ul", { class: "people-of" }, active.map(one));
}

/** What an administrator sees and does: the members, who waits to join, and asking for somebody. */
async function arranging(id) {
  const place = el("div", { class: "stack" });
  async function draw() {
    const [lines, waiting] = await Promise.all(
      ["team", "requests"].map((each) => all(`/patients/${encodeURIComponent(id)}/${each}`)),
    );
    const shown = { id, here, lines, act };
    place.replaceChildren(
      people(lines),
      el("h3", {}, "チームへの申込み"),
      await requests(shown, waiting),
      unfold("メンバーに入ってほしい人を申し込む", askForm(shown)),
    );
  }
  async function act(work, done) {
    await work();
    await draw();
    tell("good", done);
  }
  await draw();
  return place;
}

/** Unfolds once: only then is a team looked at. */
function later(title, make) {
  const inside = el("div", {}, el("p", { class: "soft" }, "読み込んでいます…"));
  const node = el("details", {}, el("summary", {}, title), inside);
  node.addEventListener(
    "toggle",
    () =>
      make().then(
        (made) => inside.replaceChildren(made),
        (error) => (inside.replaceChildren(), tell("bad", error.message)),
      ),
    { once: true },
  );
  return node;
}

const overview = (team) =>
  entry({
    title: team.name || "（氏名なし）",
    chips: team.leads === 0 ? chip("主担当がいません", "refused") : [],
    small: [team.kana, `担当メンバー ${team.members} 人`],
    content: later(`${team.name} さんの担当チーム`, () => arranging(team.patient)),
  });

async function own(patient) {
  return entry({
    title: el("a", { href: `/patient?id=${patient.id}` }, patient.name || "（氏名なし）"),
    chips: patient.lead ? chip("自分が主担当", "granted") : [],
    small: [patient.kana],
    content: people(await all(`/patients/${patient.id}/team`)),
  });
}

// Of own patients each team is looked at, so that fewer stand on a page.
const kinds = {
  own: { title: "自分のチーム", path: "/patients/search", line: own, size: 20 },
  every: { title: "すべてのチーム", path: "/teams/search", line: overview, size: 50 },
};

/** The one team that a notice led to. */
async function single(id) {
  for (const part of ["filters", "pager"]) $(part).remove();
  document.querySelector(".page-head").append(el("a", { href: "/teams" }, "すべてのチームを見る"));
  $("list").replaceWith(section("このチーム", await arranging(id)));
}

start(async (signedIn) => {
  here = signedIn;
  const has = (role) => here.member.roles.includes(role);
  const id = new URLSearchParams(location.search).get("id");
  if (id && has("administrator")) return single(id);
  const open = [has("administrator") && "every", has("professional") && "own"].filter(Boolean);
  const filters = $("filters");
  const text = input("text", { type: "search", value: history.state?.text ?? "" });
  const kind = choice(
    "kind",
    open.map((each) => [each, kinds[each].title]),
    history.state?.kind,
  );
  const closed = choice("closed", [
    ["", "続いている人"],
    ["closed", "終わった人"],
  ]);
  filters.append(
    field("さがす", text, { extra: "search" }),
    open.length > 1 ? field("どのチームか", kind) : "",
    field("表示する人", closed),
    el("button", { class: "button button-main" }, "絞り込む"),
  );
  const list = pager(
    async (after) => {
      const { path, line, size } = kinds[kind.value];
      const filter = { text: text.value.trim() || null, closed: closed.value !== "" };
      const page = await post(path, { filter, after, size });
      const lines = await Promise.all(page.items.map(line));
      $("list").replaceChildren(entries(lines, "当てはまるチームはありません。"));
      say(`${lines.length} 件を表示しています。`);
      return { count: lines.length, next: page.next };
    },
    () => ({ text: text.value, kind: kind.value }),
  );
  const again = () => list.restart().catch((error) => tell("bad", error.message));
  filters.addEventListener("submit", (event) => (event.preventDefault(), again()));
  filters.addEventListener("change", (event) => event.target.tagName === "SELECT" && again());
  await list.show();
});
