// The form of a page: a button named for its day, and the preview beside the form where there is room for both.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  nameTheDay(document.querySelector("button[name=_publish_on]"), document.querySelector("input[name=publish_on]"));
  window.django.jQuery(nameThePickers); // after Django has made them
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

// The searchable lists of Django's admin do not tell their names to who cannot see the label before them.
function nameThePickers() {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const [label] = select.labels;
    if (!label) continue;
    label.id ||= `${select.id}_label`;
    for (const part of select.nextElementSibling.querySelectorAll(".select2-selection, [role=textbox], input")) {
      const chosen = part.matches(".select2-selection--single") ? part.getAttribute("aria-labelledby") : "";
      part.setAttribute("aria-labelledby", `${label.id} ${chosen}`.trim());
    }
  }
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
