// Advice beside the text as it is typed: the server checks the whole form with the same rules as check_content.
"use strict";

(() => {
  const WAIT = 700; // milliseconds after the last change
  const { replace, lineAt, post } = window.editorText;

  // Where the words of a hint stand: on its line or the two after it, else the whole line.
  function placeOf(editor, { line, words }) {
    const { start, end } = lineAt(editor, Number(line));
    const at = words ? editor.value.indexOf(words, start) : -1;
    const far = lineAt(editor, Number(line) + 2).end;
    return at < 0 || at > far ? { start, end } : { start: at, end: at + words.length };
  }

  function goTo(editor, data) {
    if (data.key !== "body") {
      const field = editor.form.elements[data.key] ?? editor.form.elements[`${data.key}_0`];
      const folded = field?.closest("details");
      if (folded) folded.open = true;
      field?.focus();
      return;
    }
    const { start, end } = placeOf(editor, data);
    // A browser scrolls to the cursor when the field gets the focus.
    editor.setSelectionRange(start, start);
    editor.blur();
    editor.focus();
    editor.setSelectionRange(start, end);
  }

  function insert(editor, data) {
    const { start, end } = placeOf(editor, data);
    if (editor.value.slice(start, end) === data.words) replace(editor, start, end, data.insert);
    else goTo(editor, data);
  }

  // Puts the answer in without closing what was opened or taking away the focus.
  function show(advice, html) {
    const opened = [...advice.querySelectorAll("details[open]")].map((part) => part.dataset.keep);
    const hadFocus = advice.contains(document.activeElement);
    advice.innerHTML = html;
    for (const name of opened) advice.querySelector(`details[data-keep=${name}]`)?.setAttribute("open", "");
    if (hadFocus) advice.focus();
  }

  function coach(widget) {
    const panel = widget.querySelector(".coach");
    const advice = panel.querySelector(".coach__advice");
    const editor = widget.querySelector(".markdownx-editor");
    let timer = 0;
    let request = new AbortController();
    let checked = "";
    let shown = "";

    async function check() {
      const data = new FormData(editor.form);
      data.set("form", location.pathname);
      const text = JSON.stringify([...data].filter(([, value]) => typeof value === "string"));
      if (text === checked) return;
      request.abort();
      request = new AbortController();
      let html;
      try {
        html = await post(panel.dataset.url, data, request.signal);
        checked = text;
      } catch (error) {
        if (error.name === "AbortError") return;
        html = Object.assign(document.createElement("p"), { className: "coach__error", textContent: error.message }).outerHTML;
      }
      if (html !== shown) show(advice, html);
      shown = html;
    }

    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(check, WAIT);
    };
    for (const type of ["input", "change", "keyup"]) editor.form.addEventListener(type, later);
    advice.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) (button.dataset.insert ? insert : goTo)(editor, button.dataset);
    });
    panel.hidden = false;
    check();
  }

  const start = () => document.querySelectorAll(".markdownx").forEach(coach);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
