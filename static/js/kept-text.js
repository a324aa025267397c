// What was typed and not saved, kept in this browser for the one who typed it. Runs on every page of the admin.
//
// Kept text belongs to a user and a form's address. Logging out forgets all of it, in every tab; so does another user's
// first page. An expired session forgets nothing: its user finds the text after logging in again.
"use strict";

(() => {
  const { user, saved } = document.currentScript.dataset;
  const OWNER = "kept-owner";
  const SENT = "kept-sent";
  const MOST_RECORDS = 5;
  const own = `kept:${user}:`;
  const here = own + location.pathname;

  // Throws where a browser allows no storage.
  const attempt = (action, otherwise) => {
    try {
      return action();
    } catch {
      return otherwise;
    }
  };

  function forgetAll(except) {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith("kept:") && !(except && key.startsWith(except))) localStorage.removeItem(key);
    }
  }

  function logOut() {
    forgetAll();
    localStorage.removeItem(OWNER);
    sessionStorage.removeItem(SENT);
  }

  // A tab that was left open when its user logged out in another one keeps nothing more.
  const isMine = () => attempt(() => user && localStorage.getItem(OWNER) === user, false);

  // The form that this tab sent last, told once; the login page in between leaves it untold.
  function takeSent() {
    const sent = user && sessionStorage.getItem(SENT);
    if (sent) sessionStorage.removeItem(SENT);
    return sent;
  }

  const sent = attempt(takeSent, null);
  let owned = false;
  const forgetSent = () => sent && attempt(() => localStorage.removeItem(sent));
  attempt(() => {
    if (!user) return;
    forgetAll(own);
    localStorage.setItem(OWNER, user);
    owned = true;
  });

  if (saved !== undefined) forgetSent();
  document.addEventListener("DOMContentLoaded", () => {
    if (document.querySelector(".messagelist .success, [data-saved]:not(script)")) forgetSent();
  });
  document.addEventListener("submit", (event) => {
    if (event.target.id === "logout-form") attempt(logOut);
  });

  window.keptText = {
    // The records of this form, oldest first.
    read: () => attempt(() => JSON.parse(localStorage.getItem(here)) ?? [], []),
    // Gives whether the browser took them.
    write: (records) =>
      attempt(() => {
        if (isMine() && records.length) localStorage.setItem(here, JSON.stringify(records.slice(-MOST_RECORDS)));
        else localStorage.removeItem(here);
        return true;
      }, false),
    // Whether this browser's session, which was this user's when the page was opened, has been ended or taken over.
    isLost: () => owned && !isMine(),
    markSent: () => attempt(() => isMine() && sessionStorage.setItem(SENT, here)),
    // Whether this very form was sent and came back without being saved.
    wasSent: () => sent === here,
  };
})();
