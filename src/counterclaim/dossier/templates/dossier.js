"use strict";
// Pointing at a note beside a paragraph, or at a reference, lights the words it belongs to; what is closed opens for a link into it
// and for printing. Without this script all links still work.
(() => {
  const light = (on) => (event) => {
    const note = event.target.closest && event.target.closest("a[data-marks]");
    if (!note) return;
    for (const anchor of note.dataset.marks.split(" "))
      for (const mark of document.querySelectorAll('mark[data-of="' + anchor + '"]')) mark.classList.toggle("lit", on);
  };
  for (const [name, on] of [["mouseover", true], ["focusin", true], ["mouseout", false], ["focusout", false]])
    document.addEventListener(name, light(on));

  const reveal = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (!target) return;
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  // A panel over the matrix closes when one points elsewhere or presses Escape.
  const shut = (keep) => {
    for (const cell of document.querySelectorAll("details.hold[open]")) if (cell !== keep) cell.open = false;
  };
  document.addEventListener("click", (event) => shut(event.target.closest && event.target.closest("details.hold")));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") shut(null); });

  const opened = [];
  addEventListener("beforeprint", () => {
    for (const closed of document.querySelectorAll("details.voiced:not([open])")) {
      closed.open = true;
      opened.push(closed);
    }
  });
  addEventListener("afterprint", () => { for (const each of opened.splice(0)) each.open = false; });
})();
