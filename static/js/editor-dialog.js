// The questions that the toolbar asks: what to link to, which card, what a picture shows.
"use strict";

(() => {
  const WAIT = 200; // milliseconds after the last letter of a search

  // Opens a dialog from its template. `setup(dialog, close)` prepares it; gives what `close` is called with, else null.
  function ask(widget, name, setup = () => {}) {
    const dialog = widget.querySelector(`template[data-dialog=${name}]`).content.firstElementChild.cloneNode(true);
    document.body.append(dialog);
    return new Promise((resolve) => {
      let answer = null;
      const close = (given) => {
        answer = given;
        dialog.close();
      };
      dialog.addEventListener("click", (event) => event.target.closest("[data-close]") && close(null));
      dialog.addEventListener("close", () => {
        dialog.remove();
        resolve(answer);
      });
      setup(dialog, close);
      dialog.showModal();
    });
  }

  // Up and down go through the choices, from the field above them.
  function onArrow(event, dialog) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const stops = [...dialog.querySelectorAll("input, .choice")];
    const next = stops[stops.indexOf(document.activeElement) + step];
    if (!next) return;
    next.focus();
    event.preventDefault();
  }

  // Gives `{href, alone}` of what was chosen, or null. `words` are looked for at once.
  function askForTarget(widget, words) {
    return ask(widget, "link", (dialog, close) => {
      const field = dialog.querySelector("input");
      const list = dialog.querySelector(".editor-dialog__list");
      let timer = 0;
      let request = new AbortController();

      async function search() {
        request.abort();
        request = new AbortController();
        const data = new FormData();
        data.set("words", field.value);
        try {
          list.innerHTML = await window.editorText.post(field.dataset.url, data, request.signal);
        } catch (error) {
          if (error.name !== "AbortError") list.textContent = error.message;
        }
      }

      const take = (choice) => choice && close({ href: choice.dataset.href, alone: choice.dataset.alone });
      field.value = words;
      field.addEventListener("focus", () => field.select(), { once: true });
      field.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(search, WAIT);
      });
      dialog.addEventListener("keydown", (event) => onArrow(event, dialog));
      list.addEventListener("click", (event) => take(event.target.closest(".choice")));
      dialog.querySelector("form").addEventListener("submit", async (event) => {
        event.preventDefault();
        clearTimeout(timer);
        await search();
        take(list.querySelector(".choice"));
      });
      search();
    });
  }

  // Gives `{card, item}` of the chosen kind of card, or null.
  function askForCard(widget) {
    return ask(widget, "card", (dialog, close) => {
      dialog.addEventListener("keydown", (event) => onArrow(event, dialog));
      dialog.addEventListener("click", (event) => {
        const choice = event.target.closest(".choice");
        if (choice) close({ card: choice.dataset.card, item: choice.dataset.item });
      });
    });
  }

  // Gives the Markdown of a picture with the words that were typed for it, or null.
  function askForWords(widget, address) {
    return ask(widget, "picture", (dialog, close) => {
      const [alt, caption, decoration] = dialog.querySelectorAll("input");
      const escape = (words, sign) => words.trim().replace(sign, "\\$&");
      dialog.querySelector("img").src = address;
      decoration.addEventListener("change", () => {
        for (const field of [alt, caption]) field.disabled = decoration.checked;
      });
      dialog.querySelector("form").addEventListener("submit", (event) => {
        event.preventDefault();
        const title = caption.value.trim() && ` "${escape(caption.value, /["\\]/g)}"`;
        if (decoration.checked) close(`![](${address} "decoration")`);
        else if (alt.value.trim()) close(`![${escape(alt.value, /[[\]\\]/g)}](${address}${title})`);
      });
    });
  }

  window.editorDialog = { ask, askForTarget, askForCard, askForWords };
})();
