// Mends for django-markdownx in the admin: keys keep their meaning, and what the server refuses is said where it happened.
"use strict";

(() => {
  const BUSY_OPACITY = "0.3";
  const lastPreview = new WeakMap();

  const editorOf = (widget) => widget.querySelector(".markdownx-editor");

  function alertLine(widget) {
    let line = widget.querySelector("[role=alert]");
    if (!line) {
      line = document.createElement("p");
      line.className = "markdownx__error";
      line.setAttribute("role", "alert");
      editorOf(widget).after(line);
    }
    return line;
  }

  function say(widget, message, kind) {
    const line = alertLine(widget);
    line.textContent = message;
    line.dataset.kind = kind;
  }

  function clear(widget, kind) {
    const line = alertLine(widget);
    if (line.dataset.kind === kind) line.textContent = "";
  }

  // The server answers a refusal with {"error": "…"}; anything in front of our views, such as a proxy, with a whole page.
  function refusal(answer) {
    let data = answer;
    if (typeof answer === "string") {
      if (/^\s*<(!doctype|html)\b/i.test(answer)) return "The server did not answer as expected.";
      if (!/^\s*\{\s*"error"/.test(answer)) return "";
      try {
        data = JSON.parse(answer);
      } catch {
        return "";
      }
    }
    return data && typeof data.error === "string" ? data.error : "";
  }

  // What markdownx does on keys: Tab becomes a tab character (WCAG 2.1.2), Ctrl with D or a bracket changes lines in a way that
  // cannot be undone. This listener hears the key before it does, and leaves it to the browser.
  document.addEventListener(
    "keydown",
    (event) => {
      const isTheirs = event.key === "Tab" || ((event.ctrlKey || event.metaKey) && ["d", "[", "]"].includes(event.key));
      if (isTheirs && event.target.matches?.(".markdownx-editor")) event.stopPropagation();
    },
    { capture: true },
  );

  function onPreview(event) {
    const widget = event.currentTarget;
    const preview = widget.querySelector(".markdownx-preview");
    const message = refusal(event.detail[0]);
    if (message) {
      preview.innerHTML = lastPreview.get(preview) ?? "";
      say(widget, message, "preview");
    } else {
      lastPreview.set(preview, preview.innerHTML);
      clear(widget, "preview");
    }
  }

  // markdownx writes "Invalid response" over the selection as soon as this returns; put back what stood there.
  function onUploadError(event) {
    const widget = event.currentTarget;
    const editor = editorOf(widget);
    const { value, selectionStart, selectionEnd } = editor;
    say(widget, refusal(event.detail[0]) || "The picture could not be sent. Your text is still here.", "upload");
    queueMicrotask(() => {
      editor.value = value;
      editor.setSelectionRange(selectionStart, selectionEnd);
      editor.style.opacity = "";
      editor.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  // An answer to an upload that is no JSON throws inside markdownx, which then leaves the field faded.
  window.addEventListener("error", () => {
    for (const widget of document.querySelectorAll(".markdownx")) {
      const editor = editorOf(widget);
      if (editor.style.opacity !== BUSY_OPACITY) continue;
      editor.style.opacity = "";
      say(widget, "The picture could not be sent. Your text is still here.", "upload");
    }
  });

  function mend(widget) {
    alertLine(widget);
    widget.addEventListener("markdownx.update", onPreview);
    widget.addEventListener("markdownx.updateError", () =>
      say(widget, "The preview could not be made: the server did not answer. Your text is still here.", "preview"),
    );
    widget.addEventListener("markdownx.fileUploadEnd", () => clear(widget, "upload"));
    widget.addEventListener("markdownx.fileUploadError", onUploadError);
    widget.addEventListener("fileUploadError", onUploadError);
  }

  const start = () => document.querySelectorAll(".markdownx").forEach(mend);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
