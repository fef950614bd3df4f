// Talks to /api/v1. A failed call throws ApiError with what the server said, in Japanese. Where the
// server wants to know once more who it is, the member is asked, and the call made again.
import { askProof } from "./proof.js";

export class ApiError extends Error {
  constructor(status, said) {
    super(said.message || "サーバーに届きませんでした。通信を確かめてやり直してください。");
    this.status = status;
    this.kind = said.name || "unreachable";
    this.field = said.field || "";
    this.detail = said.detail || "";
  }
}

let changeToken = "";

async function call(method, path, { json, file } = {}) {
  const headers = { Accept: "application/json" };
  if (method !== "GET") headers["X-Renraku-Token"] = changeToken;
  if (json !== undefined) headers["Content-Type"] = "application/json";
  if (file) headers["Content-Type"] = "application/octet-stream";
  let response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      headers,
      body: file ?? (json === undefined ? undefined : JSON.stringify(json)),
      credentials: "same-origin",
    });
  } catch {
    throw new ApiError(0, {});
  }
  if (response.ok) return response;
  const said = await response.json().catch(() => ({}));
  if (said.name === "session_ended") signInAgain();
  throw new ApiError(response.status, said);
}

const prove = (proof) => call("POST", "/session/proof", { json: { proof } });

async function send(...request) {
  try {
    return await call(...request);
  } catch (error) {
    if (error.kind !== "reauthenticate" || !(await askProof(prove))) throw error;
    return call(...request);
  }
}

async function ask(...request) {
  const response = await send(...request);
  return response.status === 204 ? null : response.json();
}

function signInAgain() {
  if (location.pathname === "/sign-in") return;
  sessionStorage.setItem("back", location.pathname + location.search);
  location.replace("/sign-in");
}

export const get = (path) => ask("GET", path);
export const post = (path, json = {}) => ask("POST", path, { json });
export const put = (path, json) => ask("PUT", path, { json });
export const remove = (path) => ask("DELETE", path);
export const upload = (path, file) => ask("POST", path, { file });

/** Hands a file to the browser under that name. */
export function save(name, blob) {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** Fetches a file and hands it over; gives the answer's headers. */
export async function download(name, method, path, json) {
  const response = await send(method, path, { json });
  save(name, await response.blob());
  return response.headers;
}

/** Signs in; the token for changes is taken up again by `me` on each page. */
export const signIn = (json) => ask("POST", "/session", { json });
export const signOut = () => ask("DELETE", "/session");

/** Who is signed in, and the municipality; leads to the sign-in page when nobody is. */
export async function me() {
  const said = await get("/session");
  changeToken = said.token;
  return said;
}

/** Every page of a list, one after another: for short lists alone. */
export async function all(path) {
  const items = [];
  const mark = path.includes("?") ? "&" : "?";
  let after = "";
  do {
    const page = await get(`${path}${mark}size=200&after=${encodeURIComponent(after)}`);
    items.push(...page.items);
    after = page.next;
  } while (after);
  return items;
}
