// The form of a page: a button named for its day, and the preview beside the form where there is room for both.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  nameTheDay(document.querySelector("button[name=_publish_on]"), document.querySelector("input[name=publish_on]"));
  showBeside(document.querySelector(".page-buttons__preview"), document.querySelector(".page-preview"));
});

// "Publish on 3 May 2027" says more than "Publish on that day"; without a day there is nothing to say.
function nameTheDay(button, field) {
  if (!button || !field) return;
  const name = () => {
    const day = field.valueAsDate;
    const words = day?.toLocaleDateString(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });
    button.hidden = !words;
    if (words) button.textContent = button.dataset.words.replace("{day}", words);
  };
  field.addEventListener("input", name);
  name();
}

function showBeside(button, frame) {
  if (!button || !frame) return;
  const hasRoom = matchMedia("(min-width: 90em)");
  button.addEventListener("click", () => {
    frame.hidden = !hasRoom.matches;
    button.formTarget = hasRoom.matches ? frame.name : "_blank";
    document.body.classList.toggle("has-preview", hasRoom.matches);
  });
}
