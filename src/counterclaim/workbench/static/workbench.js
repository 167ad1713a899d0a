"use strict";
// What a page needs beyond links and forms: the words beside it, and the keys. Every link and form also works without this.
(() => {
  const panel = document.getElementById("beside");
  let came = null;

  // --- the words beside the page ---
  const open = async (address, from) => {
    const answer = await fetch(address, { headers: { "HX-Request": "true" } });
    if (!answer.ok) return false;
    panel.innerHTML = await answer.text(); // our own template; what reports say is escaped in it
    window.htmx && htmx.process(panel);
    panel.hidden = false;
    panel.scrollTop = 0;
    document.querySelectorAll(".here").forEach((e) => e.classList.remove("here"));
    if (from) from.classList.add("here");
    came = from || came;
    panel.focus({ preventScroll: true });
    return true;
  };
  const close = () => {
    if (panel.hidden) return false;
    panel.hidden = true;
    document.querySelectorAll(".here").forEach((e) => e.classList.remove("here"));
    if (came) came.focus({ preventScroll: true });
    return true;
  };
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest("[data-close]")) return void close();
    const contest = event.target.closest("[data-incident]");
    const link = contest && event.target.closest("a[data-at], a.hold");
    if (!link) return;
    event.preventDefault();
    const at = link.dataset.at || link.hash.slice(1);
    open("/incidents/" + contest.dataset.incident + "/beside?at=" + encodeURIComponent(at), link).then((done) => {
      if (!done) location.href = link.href;
    });
  });

  // --- keys ---
  const typing = (e) => e.target.closest("input, select, textarea, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && close()) return;
    if (typing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") {
      const words = document.getElementById("words");
      if (words) { event.preventDefault(); words.focus(); words.select(); }
    }
  });
})();
