/* Comforts only: every page works without this file. Autosave, live preview, one submit per form, focus on errors. */
"use strict";

/* A form marked data-once is sent once: a second tap while the first is under way does nothing. */
function sendOnce(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    if (event.submitter) { event.submitter.setAttribute("aria-busy", "true"); }
  });
}

/* Coming back with the browser's back button must find the form usable again. */
function letSendAgain() {
  for (const form of document.querySelectorAll("form[data-once]")) { delete form.dataset.sent; }
  for (const button of document.querySelectorAll("[aria-busy]")) { button.removeAttribute("aria-busy"); }
}

/* The draft form saves itself a moment after the last keystroke and shows the sheet that the server composed. */
class Autosave {
  constructor(form) {
    this.form = form;
    this.status = document.getElementById("tersimpan");
    this.conflict = document.getElementById("bentrok");
    this.sheet = document.getElementById("lembar");
    this.findings = document.getElementById("temuan");
    this.stopped = !this.conflict.hidden;
    form.addEventListener("input", () => this.later(1200));
    form.addEventListener("submit", (event) => this.leave(event));
    window.addEventListener("beforeunload", (event) => { if (this.dirty && !this.leaving) { event.preventDefault(); } });
    this.conflict.querySelector("[data-keep]").addEventListener("click", (event) => this.keepMine(event));
  }

  later(wait) {
    this.dirty = true;
    if (this.stopped) { return; }
    if (!this.failing) { this.say(this.form.dataset.unsaved); }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  /* Sent while a save is under way, the form would carry an old version: it waits for that answer. */
  leave(event) {
    clearTimeout(this.timer);
    if (this.saving) {
      event.preventDefault();
      event.stopImmediatePropagation();
      this.waiting = event.submitter;
      return;
    }
    this.leaving = true;
  }

  say(words) { this.status.textContent = words; }

  async save() {
    if (this.stopped || this.form.dataset.sent) { return; }
    if (this.saving) { this.later(1200); return; }
    this.saving = true;
    this.dirty = false;
    this.say(this.form.dataset.saving);
    try {
      const answer = await fetch(this.form.dataset.autosave, {
        method: "POST", body: new FormData(this.form), headers: {Accept: "application/json"}, redirect: "manual",
      });
      await this.take(answer);
    } catch {
      this.retry();
    } finally {
      this.saving = false;
      const button = this.waiting;
      this.waiting = undefined;
      if (button && !this.stopped) { this.form.requestSubmit(button); }
    }
  }

  async take(answer) {
    if (answer.status === 409) { this.showConflict(await answer.json()); return; }
    if (answer.status === 401 || answer.type === "opaqueredirect") { this.stop(this.form.dataset.signedOut); return; }
    if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) { this.refused(await answer.json()); return; }
    if (!answer.ok) { this.retry(); return; }
    this.saved(await answer.json());
  }

  saved(body) {
    this.failing = false;
    this.form.elements.version.value = body.version;
    if (body.seen) { this.form.elements.seen.value = body.seen; }
    if (!this.dirty) { this.say(`${this.form.dataset.saved} ${body.saved_at}`); }
    this.nameSources(body.sources || {});
    if (body.sheet) {
      const top = this.sheet.scrollTop;
      this.sheet.innerHTML = body.sheet;   // The server rendered and escaped it with the same template as the page.
      this.sheet.scrollTop = top;
    }
    if (body.findings) { this.findings.innerHTML = body.findings; }
  }

  /* Where a value comes from is true of what stands there: a value that was typed over says so. */
  nameSources(sources) {
    for (const place of this.form.querySelectorAll("[data-source]")) {
      const words = sources[place.dataset.source];
      if (words !== undefined) { place.querySelector("span").textContent = words; place.hidden = !words; }
    }
  }

  refused(body) {
    this.dirty = true;
    this.say(`${this.form.dataset.unsaved}: ${body.detail || body.title || ""}`);
  }

  retry() {
    this.failing = true;
    this.say(this.form.dataset.failed);
    this.later(8000);
  }

  stop(words) { this.stopped = true; this.dirty = true; this.say(words); }

  showConflict(body) {
    this.stop(this.form.dataset.unsaved);
    this.theirs = body.version;
    const list = this.conflict.querySelector("[data-changed]");
    list.replaceChildren(...(body.changed || []).map((words) => {
      const item = document.createElement("li");
      item.textContent = words;
      return item;
    }));
    this.conflict.hidden = false;
    this.conflict.scrollIntoView({block: "center"});
  }

  /* To keep what is on the screen means: it was written in knowledge of the newer version. */
  keepMine(event) {
    if (this.theirs === undefined) { return; }
    event.preventDefault();
    this.form.elements.version.value = this.theirs;
    this.theirs = undefined;
    this.stopped = false;
    this.conflict.hidden = true;
    this.later(0);
  }
}

/* While something is being printed, the page asks how far it is; what is finished is put in place of its own part, so
   that nothing typed elsewhere on the page is lost. */
class Progress {
  constructor(part) {
    this.part = part;
    this.later();
  }

  later() { setTimeout(() => this.ask(), 2000); }

  async ask() {
    if (document.hidden) { this.later(); return; }
    try {
      const answer = await fetch(this.part.dataset.progress, {headers: {Accept: "application/json"}, redirect: "manual"});
      if (!answer.ok) { return; }   // Signed out, or gone: the page stands, and can be loaded again by hand.
      const body = await answer.json();
      if (body.key !== this.part.dataset.key) { await this.renew(); } else { this.say(body.said); }
      if (!body.going_on) { return; }
    } catch { /* The network may be back the next time. */ }
    this.later();
  }

  say(said) {
    for (const line of this.part.querySelectorAll("[data-said]")) { line.textContent = said[line.dataset.said]; }
  }

  async renew() {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const fresh = page.getElementById(this.part.id);
    if (!fresh) { return; }
    this.part.dataset.key = fresh.dataset.key;
    this.part.replaceChildren(...fresh.childNodes);
    for (const form of this.part.querySelectorAll("form[data-once]")) { sendOnce(form); }
  }
}

/* The count of unread notices, in the head and in the title: asked for once a minute while somebody looks at the page. */
class LiveCount {
  constructor(link) {
    this.link = link;
    this.title = document.title.replace(/^\(\d+\) /, "");
    this.timer = setInterval(() => this.ask(), 60000);
    document.addEventListener("visibilitychange", () => this.ask());
  }

  async ask() {
    if (document.hidden || this.asking || !this.timer) { return; }
    this.asking = true;
    try {
      const headers = {Accept: "application/json", ...(this.etag && {"If-None-Match": this.etag})};
      const answer = await fetch(this.link.dataset.count, {headers, cache: "no-store", redirect: "manual"});
      if (answer.ok) { this.show(await answer.json(), answer.headers.get("ETag")); }
      if (answer.type === "opaqueredirect" || answer.status === 401) { this.timer = clearInterval(this.timer); }
    } catch { /* The network may be back the next time. */ }
    this.asking = false;
  }

  show(body, etag) {
    this.etag = etag;
    const [count, words] = this.link.querySelectorAll("span");
    count.textContent = body.unread;
    count.hidden = body.unread === 0;
    words.hidden = body.unread > 0;
    this.link.setAttribute("aria-label", body.said);
    document.title = body.unread ? `(${body.unread}) ${this.title}` : this.title;
  }
}

/* A file dropped anywhere on the form is chosen as if by its field; one that is too large is said so before it is sent. */
function takeDrops(form) {
  const field = form.querySelector("input[type=file]");
  const judge = () => {
    const file = field.files[0];
    field.setCustomValidity(file && file.size > field.dataset.most * 1048576 ? field.dataset.tooLarge : "");
    field.reportValidity();
  };
  const over = (event, yes) => { event.preventDefault(); form.classList.toggle("is-over", yes); };
  form.addEventListener("dragover", (event) => over(event, true));
  form.addEventListener("dragleave", (event) => over(event, false));
  form.addEventListener("drop", (event) => {
    over(event, false);
    if (event.dataTransfer.files.length) { field.files = event.dataTransfer.files; judge(); }
  });
  field.addEventListener("change", judge);
}

/* What is supposed in the form is reckoned by the page itself, at its own address; the parts that it names are renewed. */
function simulate(form) {
  let timer;
  const ask = async () => {
    const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
    try {
      const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
      for (const id of form.dataset.simulates.split(" ")) {
        const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
        if (old && fresh) { old.replaceChildren(...fresh.childNodes); }
      }
      history.replaceState(null, "", address);
    } catch { /* The button still asks. */ }
  };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 400); });
}

/* The scan is asked for unless the box "menyusul" is ticked. */
function linkScan(tick) {
  const scan = document.getElementById("f-scan");
  if (!scan) { return; }
  const agree = () => { scan.disabled = tick.checked; };
  tick.addEventListener("change", agree);
  agree();
}

/* A date field shows its date in words, whatever order of day and month the browser prefers. */
function readDate(output) {
  const field = document.getElementById(output.dataset.reads);
  const words = new Intl.DateTimeFormat(document.documentElement.lang === "en" ? "en-GB" : "id-ID", {day: "numeric", month: "long", year: "numeric", timeZone: "UTC"});
  const agree = () => { output.textContent = field.valueAsDate ? words.format(field.valueAsDate) : ""; };
  field.addEventListener("input", agree);
  agree();
}

for (const form of document.querySelectorAll("form[data-autosave]")) { new Autosave(form); }
for (const form of document.querySelectorAll("form[data-once]")) { sendOnce(form); }
for (const form of document.querySelectorAll("form[data-drop]")) { takeDrops(form); }
for (const form of document.querySelectorAll("form[data-simulates]")) { simulate(form); }
for (const part of document.querySelectorAll("[data-progress]")) { new Progress(part); }
for (const link of document.querySelectorAll("[data-count]")) { new LiveCount(link); }
for (const output of document.querySelectorAll("[data-reads]")) { readDate(output); }
for (const tick of document.querySelectorAll("#f-scan_later")) { linkScan(tick); }
for (const menu of document.querySelectorAll(".m-acting details")) {
  menu.addEventListener("keydown", (event) => { if (event.key === "Escape") { menu.open = false; menu.querySelector("summary").focus(); } });
}
window.addEventListener("pageshow", letSendAgain);
const errors = document.querySelector("[data-focus]");
if (errors) { errors.focus(); }
