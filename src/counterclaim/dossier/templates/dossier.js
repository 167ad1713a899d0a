"use strict";
// Pointing at a note beside a paragraph, or at a reference, lights the words it belongs to. Without this script all links still work.
(() => {
  const light = (on) => (event) => {
    const note = event.target.closest && event.target.closest("a[data-marks]");
    if (!note) return;
    for (const anchor of note.dataset.marks.split(" "))
      for (const mark of document.querySelectorAll('mark[data-of="' + anchor + '"]')) mark.classList.toggle("lit", on);
  };
  for (const [name, on] of [["mouseover", true], ["focusin", true], ["mouseout", false], ["focusout", false]])
    document.addEventListener(name, light(on));
})();
