// The words "print this page" become a button that does it: on a phone the browser's own is hard to find.
for (const words of document.querySelectorAll("[data-print]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "print-button";
  button.append(...words.childNodes);
  button.addEventListener("click", () => print());
  words.replaceWith(button);
}
