// The room without waiting: parts that change are taken over as they change, what is typed is
// saved as it is typed, clocks count down. Everything works without this file too.
"use strict";

(() => {
  const room = document.querySelector("[data-stream]");
  if (!room) return;

  // The server's clock counts, whatever the browser believes.
  let ahead = Number(room.dataset.now) - Date.now();

  // Clocks -------------------------------------------------------------------------------------

  const two = (number) => String(number).padStart(2, "0");

  function tick() {
    for (const clock of room.querySelectorAll("[data-until]")) {
      const whole = Number(clock.dataset.whole);
      if (!whole) continue;
      const left = Math.max(0, Number(clock.dataset.until) - Date.now() - ahead);
      const seconds = Math.ceil(left / 1000);
      clock.textContent = `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
      clock.classList.remove("long");
      const strokes = [...clock.parentElement.querySelectorAll(".stroke-left")];
      const keep = Math.ceil((left * 60) / whole);
      strokes.slice(0, Math.max(0, strokes.length - keep)).forEach((stroke) => stroke.remove());
    }
  }
  tick();
  setInterval(tick, 1000);

  // Parts that change by themselves ------------------------------------------------------------

  const waiting = new Map();

  function isChanged(field) {
    if (field.dataset.kept !== undefined) return true;
    if (field.tagName !== "SELECT") return field.value !== field.defaultValue;
    const given = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(0, given);
  }

  // Whoever types, or has typed and not sent it yet, loses nothing.
  function isTypedIn(part) {
    const active = document.activeElement;
    if (part.contains(active) && active.matches("input, textarea, select")) return true;
    const fields = part.querySelectorAll('input:not([type="hidden"]), textarea, select');
    return [...fields].some(isChanged);
  }

  // Whoever stands on a button or a link stays there.
  function placeOf(element) {
    if (element.id) return `#${CSS.escape(element.id)}`;
    const form = element.closest("form");
    const href = element.getAttribute("href");
    if (href) return `a[href="${CSS.escape(href)}"]`;
    const around = element.closest("details[id]");
    if (around) return `#${CSS.escape(around.id)} ${form ? "form button" : "summary"}`;
    return form ? `form[action="${CSS.escape(form.getAttribute("action"))}"] button` : "summary";
  }

  function take(part, html, tag) {
    const active = part.contains(document.activeElement) ? document.activeElement : null;
    const place = active && placeOf(active);
    const folds = () => [...part.querySelectorAll("details")].map((fold, at) => [fold.id || at, fold]);
    const open = new Map(folds().map(([key, fold]) => [key, fold.open]));
    part.innerHTML = html;
    part.dataset.tag = tag;
    folds().forEach(([key, fold]) => { fold.open = open.get(key) ?? fold.open; });
    if (place) part.querySelector(place)?.focus();
    tick();
  }

  // What is new waits, and says so.
  function wait(part, html, tag) {
    waiting.set(part.id, [html, tag]);
    if (part.querySelector(".news")) return;
    const news = document.createElement("p");
    news.className = "news small";
    news.setAttribute("role", "status");
    news.textContent = room.dataset.news;
    part.prepend(news);
  }

  function part(event) {
    const { id, html, now } = JSON.parse(event.data);
    ahead = now - Date.now();
    const old = document.getElementById(id);
    if (!old || old.dataset.tag === event.lastEventId) return;
    if (isTypedIn(old)) {
      wait(old, html, event.lastEventId);
      return;
    }
    take(old, html, event.lastEventId);
  }

  room.addEventListener("focusout", () => setTimeout(() => {
    for (const [id, [html, tag]] of waiting) {
      const old = document.getElementById(id);
      if (!isTypedIn(old)) {
        waiting.delete(id);
        take(old, html, tag);
      }
    }
  }));

  const events = new EventSource(room.dataset.stream);
  events.addEventListener("part", part);

  // The draft ----------------------------------------------------------------------------------

  const editor = document.getElementById("editor");
  if (!editor) return;
  const form = editor.querySelector("form");
  const fields = [...form.querySelectorAll('[name^="headline."], [name^="body."], [name^="passage."]')];
  const kept = document.getElementById("kept");
  const words = JSON.parse(editor.dataset.words);
  const QUIET = 500;
  const AGAIN = 3000;
  let timer = null;
  let sending = false;
  let saved = values();

  function values() {
    return JSON.stringify(fields.map((field) => field.value));
  }

  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  async function save() {
    if (sending) return later(QUIET);
    const sent = values();
    sending = true;
    kept.textContent = words.saving;
    try {
      const answer = await fetch(editor.dataset.keep, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        redirect: "manual",
      });
      if (answer.status === 401 || answer.status === 403) {
        kept.textContent = words.over;
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const state = await answer.json();
      if (values() === sent) {
        show(state.newest);
      } else {
        // Typed meanwhile: what was sent is the base of what stands here now.
        form.elements.base.value = state.mine;
        saved = sent;
        later(QUIET);
      }
      look(state.newest);
    } catch {
      kept.textContent = words.unsaved;
      later(AGAIN);
    } finally {
      sending = false;
    }
  }

  function look(state) {
    document.getElementById("faults").innerHTML = state.faults;
    document.getElementById("previews").innerHTML = state.previews;
    const rubric = document.getElementById("rubric");
    // Nothing moves under the finger of who is about to press.
    if (rubric.contains(document.activeElement)) return;
    const states = () => [...rubric.querySelectorAll("details")].map((fold) => [fold, fold.dataset.lacks]);
    const before = new Map(states().map(([fold, lacks]) => [fold.dataset.tag, [fold.open, lacks]]));
    rubric.innerHTML = state.rubric;
    // Folded or open it stays as somebody left it, until the text begins or ceases to lack something.
    for (const [fold, lacks] of states()) {
      const [open, lacked] = before.get(fold.dataset.tag) ?? [];
      if (open !== undefined && lacked === lacks) fold.open = open;
    }
    offer();
  }

  function offer() {
    for (const button of editor.querySelectorAll("[data-snippet]")) button.hidden = false;
  }

  // A sentence that is offered goes to the end of its text, where the writer finishes it.
  editor.addEventListener("click", (event) => {
    const button = event.target.closest("[data-snippet]");
    if (!button) return;
    const field = document.getElementById(button.dataset.into);
    const text = field.value.trimEnd();
    field.value = `${text}${text ? "\n\n" : ""}${button.dataset.snippet}`;
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
    later(0);
  });
  offer();

  // Puts a state into the fields; the cursor stays at its word.
  function show(state) {
    for (const field of fields) {
      const [name, language, audience] = field.name.split(".");
      const sheet = state.sheets[language];
      const text = audience ? sheet?.passages?.[audience] : sheet?.[name];
      if (text === undefined || text === field.value) continue;
      const old = field.value;
      const { selectionStart, selectionEnd } = field;
      let same = 0;
      while (same < old.length && old[same] === text[same]) same += 1;
      const moved = (at) => (at <= same ? at : Math.max(same, at + text.length - old.length));
      field.value = text;
      if (document.activeElement === field) {
        field.setSelectionRange(moved(selectionStart), moved(selectionEnd));
      }
    }
    form.elements.base.value = state.number;
    kept.textContent = state.said;
    saved = values();
  }

  for (const field of fields) field.addEventListener("input", () => later(QUIET));
  form.elements.next?.addEventListener("change", () => later(0));
  form.addEventListener("submit", () => { clearTimeout(timer); saved = values(); });

  events.addEventListener("draft", (event) => {
    const state = JSON.parse(event.data);
    const behind = state.number > Number(form.elements.base.value);
    // What stands here and is not saved yet is put together with it by the next save.
    if (!behind || sending || values() !== saved) return;
    show(state);
    look(state);
    kept.textContent = state.also;
  });

  window.addEventListener("beforeunload", (event) => {
    if (values() !== saved) event.preventDefault();
  });
})();
