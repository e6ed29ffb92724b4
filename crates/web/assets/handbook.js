// Forms of the handbook: what is typed is saved into the draft as soon as one leaves its field.
// Everything works without this file too, with the button.
"use strict";

(() => {
  const form = document.querySelector("form[data-keep]");
  const kept = document.getElementById("kept");
  if (!form || !kept) return;
  const words = form.dataset;
  let saved = values();
  let sending = null;

  function values() {
    return new URLSearchParams(new FormData(form)).toString();
  }

  async function save() {
    if (sending) await sending;
    const sent = values();
    if (sent === saved) return;
    kept.textContent = words.saving;
    try {
      const body = new URLSearchParams(sent);
      body.set("keep", "yes");
      const answer = await fetch(words.keep, { method: "POST", body, redirect: "manual" });
      if (!answer.ok) throw new Error(String(answer.status));
      // What is saved is what the next change is measured by.
      const { seen, marks } = await answer.json();
      for (const [name, mark] of Object.entries(marks)) {
        const field = form.elements.namedItem(`was.${name}`);
        if (field) field.value = mark;
      }
      form.elements.seen.value = seen;
      saved = new URLSearchParams(sent);
      saved.set("seen", seen);
      for (const [name, mark] of Object.entries(marks)) {
        if (saved.has(`was.${name}`)) saved.set(`was.${name}`, mark);
      }
      saved = saved.toString();
      kept.textContent = words.saved;
    } catch {
      kept.textContent = words.unsaved;
    }
  }

  form.addEventListener("change", (event) => {
    // Other fields belong to what was chosen: the page is made anew.
    if (event.target.matches("[data-shapes]")) form.requestSubmit();
    else sending = save().finally(() => { sending = null; });
  });
  form.addEventListener("submit", () => { saved = null; });
  window.addEventListener("beforeunload", (event) => {
    if (saved !== null && values() !== saved) event.preventDefault();
  });
})();
