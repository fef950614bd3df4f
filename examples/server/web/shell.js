// What every page after sign-in has: who is here, where to go, and the way out.
import { me, signOut } from "./api.js";
import { $, el, icon, notice, say } from "./dom.js";

// Where, what it is called, what a phone has room for, and its drawing.
const places = [
  ["/", "ホーム", "ホーム", "home"],
  ["/evacuees", "要支援者一覧", "一覧", "people"],
  ["/import", "名簿取込", "取込", "import"],
  ["/open-rows", "未取込の行", "未取込", "rows"],
];

function menu() {
  const items = places.map(([href, long, short, drawing]) => {
    const here = location.pathname === href;
    return el(
      "li",
      {},
      el(
        "a",
        { href, "aria-current": here && "page" },
        icon(drawing),
        el("span", { class: "long" }, long),
        el("span", { class: "short" }, short),
      ),
    );
  });
  return el("nav", { "aria-label": "メニュー" }, el("ul", {}, items));
}

async function leave() {
  await signOut().catch(() => {});
  sessionStorage.clear();
  location.replace("/sign-in");
}

/** Draws the shell and runs the page; whatever the page can't do is said at its place. */
export async function start(page) {
  try {
    const here = await me();
    $("shell").append(
      el(
        "div",
        { class: "shell-row" },
        el(
          "a",
          { class: "brand", href: "/" },
          el("img", { src: "/icon.svg", alt: "" }),
          el(
            "span",
            {},
            el("strong", {}, here.municipality.name),
            el("span", { class: "small soft" }, "要支援者名簿"),
          ),
        ),
        menu(),
        el(
          "div",
          { class: "who" },
          el("span", { class: "name small" }, here.member.name),
          el(
            "button",
            { class: "button button-quiet", type: "button", onclick: leave },
            icon("out"),
            el("span", { class: "small" }, "サインアウト"),
          ),
        ),
      ),
    );
    await page(here);
  } catch (error) {
    // Leaving for the sign-in page; nothing to say here.
    if (error.kind === "session_ended") return;
    $("notice").replaceChildren(notice("bad", error.message));
    say(error.message);
    if (!error.kind) throw error;
  }
}
