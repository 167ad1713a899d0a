"use strict";
// What a page needs beyond links and forms: the words beside it, the keys, marking and dropping. All of it also works without.
(() => {
  const panel = document.getElementById("beside");
  let came = null;

  // --- the words beside the page ---
  const open = async (address, from) => {
    const answer = await fetch(address, { headers: { "HX-Request": "true" } });
    if (!answer.ok) return false;
    beside(await answer.text(), from); // our own template; what reports say is escaped in it
    return true;
  };
  const beside = (slip, from) => {
    panel.innerHTML = slip;
    panel.hidden = false;
    panel.scrollTop = 0;
    document.querySelectorAll(".here").forEach((e) => e.classList.remove("here"));
    if (from) from.classList.add("here");
    came = from || came;
    panel.focus({ preventScroll: true });
  };
  const slip = (rule) => '<div class="slip"><header><h2>' + rule.querySelector("summary").textContent +
    '</h2><button type="button" class="close" data-close aria-label="Close">×</button></header><div class="onrule">' +
    rule.querySelector("div").innerHTML + "</div></div>";
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
    const link = contest && event.target.closest("a[href^='?at='][href*='-'], a[data-at], a[href*='-made-']");
    if (!link) return;
    event.preventDefault();
    const rule = link.hash.includes("-made-") && document.getElementById(link.hash.slice(1));
    if (rule) return void beside(slip(rule), link);
    const at = link.dataset.at || new URLSearchParams(link.search).get("at");
    open("/incidents/" + contest.dataset.incident + "/beside?at=" + encodeURIComponent(at), link).then((done) => {
      if (!done) location.href = link.href;
    });
  });

  // --- which outlet a reference is to is told by the list of reports, not by each reference ---
  document.addEventListener("mouseover", (event) => {
    const link = event.target.closest(".contest a.ref, .contest .carriers a, .contest a.carrier");
    const row = link && !link.title && document.querySelector("#carriers a[href='" + link.getAttribute("href").split("-")[0] + "']");
    if (row) link.title = row.closest("tr").cells[1].textContent;
  });

  // --- a long page leaves out what is closed until it is opened, or a link leads into it ---
  const fetched = new WeakMap();
  const fill = (link) => {
    const get = async () => {
      const contest = link.closest("[data-incident]");
      const answer = await fetch("/incidents/" + contest.dataset.incident + "/part?of=" + new URLSearchParams(link.search).get("part"));
      if (!answer.ok) return;
      const piece = document.createElement("template");
      piece.innerHTML = await answer.text(); // our own template, as above
      link.replaceWith(piece.content);
    };
    if (!fetched.has(link)) fetched.set(link, get());
    return fetched.get(link);
  };
  document.addEventListener("toggle", (event) => {
    if (event.target.open) event.target.querySelectorAll(":scope > a.later").forEach(fill);
  }, true);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.later");
    if (link && !event.ctrlKey && !event.metaKey) { event.preventDefault(); fill(link); }
  });
  const reveal = async () => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (!id) return;
    let moved = false;
    for (const part of ["voiced", "rest"]) {
      const link = document.querySelector("a.later[href='?part=" + part + "']");
      if (link && !document.getElementById(id)) moved = !(await fill(link));
    }
    const target = document.getElementById(id);
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS" && !at.open) moved = at.open = true;
    if (moved && target) location.replace(location.hash); // what was not there, or closed, was not found
  };
  addEventListener("hashchange", reveal);
  reveal();

  // --- keys: a letter presses the button that bears it ---
  const typing = (e) => e.target.closest && e.target.closest("input:not([type=checkbox]):not([type=radio]), select, textarea");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (typing(event)) return void event.target.blur();
      return void close();
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const card = document.querySelector("#card .card");
    if (card && event.key === "Enter" && event.target.matches("#card .answer input, #card .answer select")) {
      const correct = card.querySelector("button[value=correct]");
      if (correct && event.target.name !== "reason") { event.preventDefault(); correct.click(); }
      else event.preventDefault();
      return;
    }
    if (typing(event)) return;
    if (event.key === "/" && document.getElementById("words")) {
      event.preventDefault();
      document.getElementById("words").select();
      return;
    }
    if (!card) return;
    if (event.key === "w" && document.getElementById("reason")) {
      event.preventDefault();
      return void document.getElementById("reason").focus();
    }
    const button = card.querySelector('[data-key="' + CSS.escape(event.key) + '"]');
    if (!button) return;
    event.preventDefault();
    if ("first" in button.dataset) {
      const field = card.querySelector(".values input, .values select");
      field.focus();
      if (field.select) field.select();
    } else button.click();
  });

  // A new card begins at its question: the field of the last one must not swallow the next key.
  document.addEventListener("htmx:afterSettle", (event) => {
    const question = event.target.id === "card" && event.target.querySelector("h2");
    if (!question) return;
    question.tabIndex = -1;
    question.focus({ preventScroll: true });
  });

  // --- marking words in a report fills the form that adds what was missed ---
  const text = document.getElementById("text");
  const length = (s) => Array.from(s).length; // code points, as everything here is counted
  const offset = (node, at) => {
    const before = document.createRange();
    before.setStart(text, 0);
    before.setEnd(node, at);
    let n = 0;
    for (const p of before.cloneContents().querySelectorAll("p")) n += length(p.textContent);
    return n;
  };
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const words = document.getElementById("m-words");
    if (!text || !words || selection.isCollapsed || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
    const start = offset(range.startContainer, range.startOffset);
    const end = offset(range.endContainer, range.endOffset);
    if (end <= start) return;
    words.value = selection.toString().trim();
    const lead = length(selection.toString()) - length(selection.toString().trimStart());
    document.getElementById("m-at").value = start + lead + "-" + (start + lead + length(words.value));
    document.getElementById("missed").open = true;
  });

  // --- dropping files: one at a time, so that each says what became of it ---
  const drop = document.getElementById("drop");
  if (drop) {
    const arrived = () => document.body.dispatchEvent(new Event("arrived"));
    const list = document.getElementById("sending");
    const line = (file) => {
      const item = list.appendChild(document.createElement("li"));
      item.innerHTML = '<span class="stage">to send</span> <bdi></bdi> <progress max="1" value="0"></progress>';
      item.querySelector("bdi").textContent = file.name;
      item.querySelector("progress").setAttribute("aria-label", "How much of " + file.name + " is sent");
      return item;
    };
    const post = (file, bar) => new Promise((done) => {
      const form = new FormData();
      form.append("token", drop.dataset.token);
      form.append("files", file, file.name);
      const request = new XMLHttpRequest();
      request.upload.onprogress = (event) => { if (event.lengthComputable) bar.value = event.loaded / event.total; };
      request.onloadend = () => done(request.status === 200 ? "" : request.responseText ? said(request) : "could not be sent");
      request.open("POST", "/add");
      request.setRequestHeader("HX-Request", "true");
      request.send(form);
    });
    const said = (request) => {
      const told = new DOMParser().parseFromString(request.responseText, "text/html");
      return (told.querySelector(".lede") || told.body).textContent.trim().slice(0, 200);
    };
    const send = async (files) => {
      const lines = files.map(line);
      for (const [n, file] of files.entries()) {
        lines[n].querySelector(".stage").textContent = "sending";
        const wrong = await post(file, lines[n].querySelector("progress"));
        if (wrong) {
          lines[n].className = "a-left-out";
          lines[n].querySelector(".stage").textContent = "not sent";
          const why = document.createElement("span");
          why.className = "reason";
          why.textContent = wrong;
          lines[n].querySelector("progress").replaceWith(why);
        } else lines[n].remove();
        arrived();
      }
    };
    const walk = async (entry, found) => {
      if (entry.isFile) found.push(await new Promise((done, fail) => entry.file(done, fail)));
      else if (entry.isDirectory) {
        const reader = entry.createReader();
        for (;;) {
          const some = await new Promise((done, fail) => reader.readEntries(done, fail));
          if (!some.length) break;
          for (const inner of some) if (!inner.name.startsWith(".")) await walk(inner, found);
        }
      }
    };
    drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
    drop.addEventListener("dragleave", () => drop.classList.remove("over"));
    drop.addEventListener("drop", async (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      const entries = Array.from(event.dataTransfer.items || []).map((i) => i.webkitGetAsEntry && i.webkitGetAsEntry()).filter(Boolean);
      const found = [];
      const plain = Array.from(event.dataTransfer.files);
      for (const entry of entries) await walk(entry, found);
      send(found.length ? found : plain);
    });
    drop.addEventListener("change", (event) => { send(Array.from(event.target.files)).then(() => { event.target.value = ""; }); });
  }
})();
