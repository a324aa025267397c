// The buttons above the text, and the keys that do the same.
"use strict";

(() => {
  const { replace, selection, lines, insertBlock } = window.editorText;
  const { ask, askForTarget, askForCard, askForWords } = window.editorDialog;
  const COMMAND = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl";
  const PICTURE = /^!\[[^\]]*\]\((.*)\)$/;

  function bold({ editor }) {
    const { start, end, words } = selection(editor);
    const { value } = editor;
    if (value.slice(start - 2, start) === "**" && value.slice(end, end + 2) === "**") {
      replace(editor, start - 2, end + 2, words, 0, words.length);
    } else if (/^\*\*[^*]+\*\*$/.test(words)) {
      replace(editor, start, end, words.slice(2, -2), 0, words.length - 4);
    } else {
      replace(editor, start, end, `**${words}**`, 2, words.length);
    }
  }

  // A line becomes a section's heading, then a part's, then a line again.
  function heading({ editor }) {
    const { start, end, text } = lines(editor);
    const [, signs, words] = /^(#*)\s*([^]*)$/.exec(text);
    const next = { "": "## ", "##": "### " }[signs] ?? "";
    replace(editor, start, end, next + words);
  }

  function list({ editor }) {
    const { start, end, text } = lines(editor);
    const all = text.split("\n");
    const filled = all.filter((line) => line.trim());
    const isList = filled.length > 0 && filled.every((line) => line.startsWith("- "));
    const changed = all.map((line) => {
      if (isList) return line.replace(/^- /, "");
      return line.trim() || all.length === 1 ? `- ${line}` : line;
    });
    const done = changed.join("\n");
    replace(editor, start, end, done, all.length === 1 ? done.length : 0, all.length === 1 ? 0 : done.length);
  }

  async function link({ editor, widget }) {
    const { start, end, words } = selection(editor);
    const target = await askForTarget(widget, words);
    if (!target) return editor.focus();
    if (words && target.href) return replace(editor, start, end, `[${words}](${target.href})`);
    const hint = /^\[([^\]@]+)\]/.exec(target.alone);
    if (hint) return replace(editor, start, end, target.alone, 1, hint[1].length);
    return replace(editor, end, end, target.alone);
  }

  function picture({ widget }) {
    widget.querySelector(".toolbar__file").click();
  }

  async function card({ editor, widget }) {
    const chosen = await askForCard(widget);
    if (!chosen) return editor.focus();
    const opening = `::: ${chosen.card}\n${chosen.item ?? "- "}`.replace(/\n(?=Do not )/, "\n- ");
    insertBlock(editor, `${opening}\n:::`, opening.length);
  }

  function help({ widget }) {
    ask(widget, "help", (dialog) => {
      for (const cell of dialog.querySelectorAll("[data-keys-of]")) {
        cell.textContent = keysOf(widget.querySelector(`[data-tool=${cell.dataset.keysOf}]`));
      }
    });
  }

  const TOOLS = { bold, heading, list, link, picture, card, help };

  const keysOf = (button) => (button.dataset.keys ? `${COMMAND}+${button.dataset.keys}` : "");

  function isPressed(event, keys) {
    const [key, shift] = keys.split("+").reverse();
    const isKey = /\d/.test(key) ? event.code === `Digit${key}` : event.key.toLowerCase() === key.toLowerCase();
    return (event.ctrlKey || event.metaKey) && !event.altKey && event.shiftKey === Boolean(shift) && isKey;
  }

  // One stop for Tab; the arrow keys go from button to button (https://www.w3.org/WAI/ARIA/apg/patterns/toolbar/).
  function onArrow(event, buttons) {
    const at = buttons.indexOf(document.activeElement);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (next === undefined) return;
    focusOn(buttons.at(next % buttons.length), buttons);
    event.preventDefault();
  }

  function focusOn(button, buttons) {
    for (const other of buttons) other.tabIndex = other === button ? 0 : -1;
    button.focus();
  }

  // markdownx takes files that are pasted; one that was chosen goes the same way.
  function send(editor, file) {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(file);
    editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData }));
  }

  async function describe({ editor, widget }, code) {
    const [, address] = PICTURE.exec(code);
    const words = await askForWords(widget, address);
    const start = editor.value.indexOf(code);
    if (!words || start < 0) return editor.focus();
    const line = editor.value.slice(editor.value.lastIndexOf("\n", start - 1) + 1, start);
    const lead = line.trim() && words.endsWith('")') ? "\n\n" : "";
    return replace(editor, start, start + code.length, lead + words);
  }

  function equip(widget) {
    const editor = widget.querySelector(".markdownx-editor");
    const bar = widget.querySelector(".toolbar");
    const buttons = [...bar.querySelectorAll(".toolbar__button")];
    const file = bar.querySelector(".toolbar__file");
    const parts = { widget, editor };
    let described = Promise.resolve();

    buttons.forEach((button, at) => {
      button.tabIndex = at ? -1 : 0;
      if (!keysOf(button)) return;
      button.title = keysOf(button);
      button.setAttribute("aria-keyshortcuts", keysOf(button).replace("⌘", "Meta").replace("Ctrl", "Control"));
    });
    bar.addEventListener("keydown", (event) => onArrow(event, buttons));
    bar.addEventListener("click", (event) => {
      const button = event.target.closest(".toolbar__button");
      if (!button) return;
      for (const other of buttons) other.tabIndex = other === button ? 0 : -1;
      TOOLS[button.dataset.tool](parts);
    });
    editor.addEventListener("keydown", (event) => {
      const button = buttons.find((one) => one.dataset.keys && isPressed(event, one.dataset.keys));
      if (!button) return;
      event.preventDefault();
      TOOLS[button.dataset.tool](parts);
    });
    file.addEventListener("change", () => {
      for (const chosen of file.files) send(editor, chosen);
      file.value = "";
    });
    widget.addEventListener("markdownx.fileUploadEnd", (event) => {
      described = described.then(() => describe(parts, event.detail[0].image_code));
    });
    bar.hidden = false;
  }

  const start = () => document.querySelectorAll(".markdownx").forEach(equip);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
