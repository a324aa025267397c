// Comforts for public pages: all there is can be read and used without them.

// The words "print this page" become a button that does it: on a phone the browser's own is hard to find.
for (const words of document.querySelectorAll("[data-print]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "print-button";
  button.append(...words.childNodes);
  button.addEventListener("click", () => print());
  words.replaceWith(button);
}

// Escape closes the meaning of a word as its link does.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelector(".words__item:target .words__link")?.click();
});
