// Keeps what is typed into a page's form as it is typed, and offers it back after a crash, a closed tab or a lost session.
"use strict";

(() => {
  const WAIT = 400; // milliseconds after the last change
  const UNTYPED = ["submit", "button", "reset", "file", "image"];
  // The note and the version that one started from are kept, but are no text that could be lost.
  const BESIDES = ["note", "based_on"];

  const isTyped = (field) => field.name && !field.name.startsWith("_") && field.name !== "csrfmiddlewaretoken" && !UNTYPED.includes(field.type);

  // What stands in a form: the values of each field by its name. Chosen options come with their words: a list that is
  // searched on the server does not know them later.
  function snapshot(form) {
    const fields = {};
    for (const field of form.elements) {
      if (!isTyped(field)) continue;
      const values = (fields[field.name] ??= []);
      if (field.options) for (const option of field.selectedOptions) values.push([option.value, option.text]);
      else if (!["checkbox", "radio"].includes(field.type) || field.checked) values.push(field.value);
    }
    return fields;
  }

  const plain = (value) => (Array.isArray(value) ? value[0] : value.trim());
  const comparable = (fields) =>
    JSON.stringify(
      Object.keys(fields)
        .filter((name) => !BESIDES.includes(name))
        .sort()
        .map((name) => [name, fields[name].map(plain)]),
    );
  const same = (one, other) => comparable(one) === comparable(other);

  function choose(select, chosen) {
    for (const [value, text] of chosen) {
      if (![...select.options].some((option) => option.value === value)) select.add(new Option(text, value));
    }
    const values = chosen.map(plain);
    for (const option of select.options) option.selected = values.includes(option.value);
  }

  function restore(form, fields) {
    const left = structuredClone(fields);
    for (const field of form.elements) {
      if (!isTyped(field) || !left[field.name]) continue;
      const values = left[field.name];
      if (field.options) choose(field, values);
      else if (["checkbox", "radio"].includes(field.type)) field.checked = values.includes(field.value);
      else field.value = values.shift() ?? "";
      for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
    }
  }

  function start() {
    const editor = document.querySelector(".markdownx-editor");
    const form = editor?.form;
    if (!form || !window.keptText) return;
    const kept = window.keptText;
    const id = `${Date.now()}-${Math.random()}`;
    const shown = snapshot(form);
    // A form that the server refused shows what was typed: that is not saved, though it stands there.
    const refused = Boolean(form.querySelector(".errornote"));
    let timer = 0;
    let notice = null;

    const others = () => kept.read().filter((record) => record.id !== id);
    const drop = (record) => kept.write(kept.read().filter((other) => other.id !== record.id));

    function keep() {
      clearTimeout(timer);
      const fields = snapshot(form);
      const records = others();
      if (refused || !same(fields, shown)) records.push({ id, at: Date.now(), fields });
      if (!kept.write(records)) say("full");
    }

    function say(kind, record) {
      notice?.remove();
      const template = document.querySelector(`template[data-kept=${kind}]`);
      notice = template.content.firstElementChild.cloneNode(true);
      const time = notice.querySelector("time");
      if (time) {
        const at = new Date(record.at);
        time.dateTime = at.toISOString();
        time.textContent = at.toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
      }
      notice.addEventListener("click", (event) => onNotice(event.target.dataset.keptDo, record));
      form.prepend(notice);
    }

    function putBack(record) {
      restore(form, record.fields);
      drop(record);
      keep();
    }

    function onNotice(what, record) {
      if (!what) return;
      notice.remove();
      notice = null;
      if (what === "put-back") putBack(record);
      if (what === "throw-away") {
        drop(record);
        restore(form, shown);
        keep();
        offer();
      }
      if (!notice) editor.focus();
    }

    function offer() {
      const record = others().at(-1);
      if (record) say("offer", record);
    }

    // What the page already says needs no offer.
    kept.write(kept.read().filter((record) => !same(record.fields, shown)));
    const last = others().at(-1);
    if (refused) keep();
    else if (last && kept.wasSent()) {
      putBack(last);
      say("returned", last);
    } else offer();

    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(keep, WAIT);
    };
    for (const type of ["input", "change", "keyup", "click"]) form.addEventListener(type, later);
    form.addEventListener("submit", (event) => {
      if (kept.isLost()) {
        event.preventDefault();
        say("elsewhere");
        notice.scrollIntoView({ block: "center" });
        return;
      }
      keep();
      // What is sent to another tab, such as a preview, saves nothing.
      if (!event.submitter?.formTarget) kept.markSent();
    });
    // Going back, a browser fills the form in by itself, after this script: then nothing is left to be put back.
    addEventListener("pageshow", () => {
      const record = others().at(-1);
      if (notice && record && !same(record.fields, shown) && same(record.fields, snapshot(form))) putBack(record), say("returned", record);
    });
    addEventListener("pagehide", keep);
    document.addEventListener("visibilitychange", () => document.hidden && keep());
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
