/* Small comforts. Every page works without them. */
(() => {
  "use strict";
  const say = document.currentScript.dataset;
  const all = (what, where = document) => [...where.querySelectorAll(what)];
  const time = () => new Date().toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit" }).toLowerCase();

  // Errors: the summary gets the focus, the title says so, a link leads to the first input.
  const summary = document.querySelector("[data-errors]");
  if (summary) {
    summary.focus();
    if (!document.title.startsWith(say.error)) document.title = `${say.error} ${document.title}`;
    for (const link of all("a[href^='#']", summary)) link.addEventListener("click", (event) => {
      const target = document.getElementById(link.hash.slice(1));
      const input = target?.matches("fieldset") ? target.querySelector("input, select, textarea") : target;
      if (input) { event.preventDefault(); input.focus(); }
    });
  }

  // Words so far, or characters left.
  for (const field of all("textarea[data-words], textarea[maxlength], input[data-count]")) {
    const count = document.createElement("p");
    count.className = "hint";
    const tell = () => {
      const words = field.value.trim().split(/\s+/).filter(Boolean).length;
      count.textContent = field.dataset.words ? `${words} / ${field.dataset.words} ${say.words}` : `${field.maxLength - field.value.length} ${say.characters}`;
    };
    field.after(count);
    field.addEventListener("input", tell);
    tell();
  }

  // Autosave, or a warning before unsaved words are lost.
  const dirty = new Set();
  addEventListener("beforeunload", (event) => { if (dirty.size) event.preventDefault(); });
  for (const form of all("form[method=post]:not([data-theme-switch])")) {
    const autosaves = form.hasAttribute("data-autosave");
    let timer, running;
    const status = autosaves && (form.querySelector("[data-saved]") || document.querySelector("[data-saved]"));
    const show = (text, waits) => { if (status) { status.textContent = text; status.classList.toggle("wait", waits); } };
    const save = async () => {
      if (running) return;
      running = true;
      dirty.delete(form);
      const body = new FormData(form);
      body.set("autosave", "1");
      try {
        const answer = await fetch(form.action, { method: "POST", body });
        if (!answer.ok) throw new Error(answer.status);
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        for (const hidden of all("input[type=hidden]:not([name=csrfmiddlewaretoken])", form)) {
          const fresh = page.querySelector(`input[type=hidden][name="${CSS.escape(hidden.name)}"]`);
          if (fresh) hidden.value = fresh.value;
        }
        show(`${say.saved} ${time()}`, false);
      } catch {
        dirty.add(form);
        show(say.unsaved, true);
        timer = setTimeout(save, 15000);
      }
      running = false;
    };
    form.addEventListener("input", () => {
      dirty.add(form);
      if (autosaves) { clearTimeout(timer); timer = setTimeout(save, 1500); }
    });
    form.addEventListener("submit", () => { clearTimeout(timer); dirty.delete(form); });
  }

  // One menu at a time; Escape and a click elsewhere close it.
  const close = (event) => all("details.menu[open]").forEach((menu) => {
    if (event.key === "Escape") { menu.open = false; if (menu.contains(document.activeElement)) menu.firstElementChild.focus(); }
    else if (event.type === "click" && !menu.contains(event.target)) menu.open = false;
  });
  addEventListener("keydown", close);
  addEventListener("click", close);
})();
