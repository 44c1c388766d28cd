/* Small comforts. Every page works without them. */
(() => {
  const say = document.currentScript.dataset;
  const all = (what, where = document) => where.querySelectorAll(what);

  // Errors: focus goes to the summary; its links lead to the first input of a group.
  const summary = document.querySelector("[data-errors]");
  summary?.focus();
  summary?.addEventListener("click", (event) => {
    const target = document.getElementById(event.target.hash?.slice(1));
    const input = target?.matches("fieldset") ? target.querySelector("input, select, textarea") : target;
    if (input) { event.preventDefault(); input.focus(); }
  });

  // Words so far.
  for (const field of all("[data-words]:is(textarea, input)")) {
    const count = document.createElement("p");
    const tell = () => { count.textContent = `${(field.value.match(/\S+/g) ?? []).length} / ${field.dataset.words} ${say.words}`; };
    count.className = "hint";
    field.after(count);
    field.addEventListener("input", tell);
    tell();
  }

  // Save by itself or warn before unsaved words are lost.
  const dirty = new Set();
  addEventListener("beforeunload", (event) => { if (dirty.size) event.preventDefault(); });
  for (const form of all("form[method=post]:not(.themes)")) {
    const status = form.querySelector("[data-saved]") ?? document.querySelector("main [data-saved]");
    let timer, running;
    const later = (delay) => { clearTimeout(timer); timer = setTimeout(save, delay); };
    const show = (text, waits) => { if (status) { status.textContent = text; status.classList.toggle("wait", !!waits); } };
    const save = async () => {
      if (running) return later(1500);
      running = true;
      dirty.delete(form);
      const body = new FormData(form);
      body.set("autosave", "1");
      try {
        const answer = await fetch(form.getAttribute("action") ?? "", { method: "POST", body });
        if (!answer.ok) throw answer;
        // Hidden revisions follow what was saved.
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        for (const hidden of all("input[type=hidden]:not([name=csrfmiddlewaretoken])", form)) {
          const fresh = page.getElementsByName(hidden.name)[0];
          if (fresh) hidden.value = fresh.value;
        }
        const time = new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
        show(`${say.saved} ${time.toLowerCase()}`);
      } catch {
        dirty.add(form);
        show(say.unsaved, true);
        later(15000);
      }
      running = false;
    };
    form.addEventListener("input", () => { dirty.add(form); if ("autosave" in form.dataset) later(1500); });
    form.addEventListener("submit", () => { clearTimeout(timer); dirty.delete(form); });
  }

  // Menus close with Escape or a click elsewhere.
  for (const kind of ["keydown", "click"]) addEventListener(kind, ({ key, target }) => {
    for (const menu of all("details.menu[open]")) if (key ? key === "Escape" : !menu.contains(target)) menu.open = false;
  });
})();
