// Changes to the text of a textarea that the browser can undo, and questions to the server.
"use strict";

(() => {
  // Puts `text` in place of what stands from `start` to `end`, then selects `length` characters from `from`, both counted
  // from `start`; without them the place behind it.
  function replace(editor, start, end, text, from = text.length, length = 0) {
    editor.focus();
    editor.setSelectionRange(start, end);
    const done = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
    if (!done && editor.value.slice(start, end) !== text) {
      editor.setRangeText(text, start, end, "end");
      editor.dispatchEvent(new Event("input", { bubbles: true }));
    }
    editor.setSelectionRange(start + from, start + from + length);
  }

  // The selection without the spaces at its ends.
  function selection(editor) {
    const { value, selectionStart, selectionEnd } = editor;
    const words = value.slice(selectionStart, selectionEnd);
    const start = words.trim() ? selectionStart + words.length - words.trimStart().length : selectionStart;
    return { start, end: start + words.trim().length, words: words.trim() };
  }

  // The whole lines that the selection touches.
  function lines(editor) {
    const { value, selectionStart, selectionEnd } = editor;
    const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
    const end = value.indexOf("\n", selectionEnd);
    const stop = end < 0 ? value.length : end;
    return { start, end: stop, text: value.slice(start, stop) };
  }

  // Where a line (from 1) begins and ends.
  function lineAt(editor, number) {
    const all = editor.value.split("\n");
    const at = Math.min(number, all.length) - 1;
    const start = all.slice(0, at).reduce((length, line) => length + line.length + 1, 0);
    return { start, end: start + all[at].length };
  }

  // Puts a block where the cursor is, with an empty line before and behind it; the cursor goes to `from` within it.
  function insertBlock(editor, block, from) {
    const { start, end } = lines(editor);
    const { value } = editor;
    const at = value.slice(start, end).trim() ? end : start;
    const before = value.slice(0, at);
    const lead = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    const after = value.slice(end);
    const tail = !after || after.startsWith("\n\n") ? "" : "\n";
    replace(editor, at, end, lead + block + tail, lead.length + from);
  }

  // Sends a form's fields to one of our addresses; gives its answer, or throws an Error in words for the one who types.
  async function post(url, data, signal) {
    data.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    let response;
    try {
      response = await fetch(url, { method: "POST", body: data, signal });
    } catch (error) {
      if (error.name === "AbortError") throw error;
      throw new Error("The server did not answer. Your text is still here.");
    }
    const text = await response.text();
    if (response.ok && !response.redirected) return text;
    let message = "";
    try {
      message = JSON.parse(text).error;
    } catch {
      // Something in front of our views answered with a page of its own.
    }
    throw new Error(message || "The server did not answer as expected. Your text is still here.");
  }

  window.editorText = { replace, selection, lines, lineAt, insertBlock, post };
})();
