// The search dialog. Nothing of the index is fetched before the reader opens it.
(() => {
  const opener = document.querySelector(".search-open");
  const dialog = document.querySelector("dialog.search");
  if (!opener || !dialog || !dialog.showModal) return;

  const input = dialog.querySelector("input");
  const status = dialog.querySelector(".search-status");
  const results = dialog.querySelector(".search-results");
  const most = 12;
  let engine;
  let asked = 0;

  const load = () => {
    engine ??= import(new URL(opener.dataset.bundle + "pagefind.js", document.baseURI)).then(async (made) => {
      await made.init();
      return made;
    });
    return engine;
  };

  const open = () => {
    if (dialog.open) return;
    dialog.showModal();
    input.focus();
    input.select();
    load().catch(() => { status.textContent = "The search could not be loaded."; });
  };

  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  };

  const chinese = (text) => {
    const made = element("span", text);
    made.lang = "zh-Hans";
    return made;
  };

  // Excerpts come from Pagefind with the found words in <mark> and all else escaped.
  const excerpt = (html) => {
    const made = element("p");
    made.innerHTML = html;
    return made;
  };

  const shown = (found) => {
    const item = element("li");
    const link = element("a", found.meta.title);
    link.href = found.url;
    item.append(element("span", found.meta.kind || "page", "search-kind"), " ", link);
    if (found.meta.chinese) item.append(" ", chinese(found.meta.chinese));
    const more = [found.meta.city, found.meta.years].filter(Boolean).join(", ");
    if (more) item.append(" ", element("span", more, "as"));
    item.append(excerpt(found.excerpt));
    return item;
  };

  const search = async () => {
    const words = input.value.trim();
    const mine = ++asked;
    if (!words) {
      results.replaceChildren();
      status.textContent = "";
      return;
    }
    const answer = await (await load()).debouncedSearch(words, {}, 120);
    if (!answer || mine !== asked) return;
    const first = await Promise.all(answer.results.slice(0, most).map((result) => result.data()));
    if (mine !== asked) return;
    results.replaceChildren(...first.map(shown));
    const total = answer.results.length;
    const counted = total === 1 ? "1 page" : `${total} pages`;
    status.textContent = total ? (total > most ? `${counted}; the first ${most} are shown` : counted) : `Nothing found for “${words}”`;
  };

  opener.hidden = false;
  opener.addEventListener("click", open);
  input.addEventListener("input", search);
  dialog.querySelector("form").addEventListener("submit", (event) => {
    if (event.submitter) return;
    event.preventDefault();
    results.querySelector("a")?.focus();
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      open();
    }
  }, true);
  dialog.addEventListener("keydown", (event) => {
    event.stopPropagation();
    // In a search field, Escape would first only empty it.
    if (event.key === "Escape") { event.preventDefault(); dialog.close(); }
    const links = [...results.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && links.length) { event.preventDefault(); links[Math.min(at + 1, links.length - 1)].focus(); }
    if (event.key === "ArrowUp" && at >= 0) { event.preventDefault(); (at ? links[at - 1] : input).focus(); }
  });

  // The theme's menu button is a label, on which the theme itself takes Enter; a button takes the space bar too.
  document.querySelector('label[for="__drawer"][role="button"]')?.addEventListener("keydown", (event) => {
    if (event.key === " ") { event.preventDefault(); event.currentTarget.click(); }
  });
})();
