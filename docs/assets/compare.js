// Cases side by side: which ones stands in the address (?case=a&case=b), so that a comparison can be kept and shared.
(() => {
  const form = document.querySelector("[data-compare]");
  const status = document.querySelector(".compare-status");
  const result = document.querySelector(".compare-result");
  if (!form || !status || !result) return;

  const most = 4;
  const selects = [...form.querySelectorAll("select")];
  const known = new Map([...selects[0].options].filter((option) => option.value).map((option) => [option.value, option.text]));
  const waiting = new Map();
  const loaded = new Map();

  window.casebookCompare = (id, data) => {
    loaded.set(id, data);
    waiting.get(id)?.(data);
  };

  const load = (id) => loaded.has(id) ? Promise.resolve(loaded.get(id)) : new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(`cases/${id}.js`, document.baseURI);
    script.onerror = () => reject(new Error(id));
    waiting.set(id, resolve);
    document.head.append(script);
  });

  const say = (text) => { status.textContent = text; };

  const cell = (name, html) => {
    const made = document.createElement(name);
    made.innerHTML = html;
    return made;
  };

  const table = (ids, cases) => {
    const labels = new Map();
    cases.forEach((one) => one.sections.forEach(([id, label]) => { if (!labels.has(id)) labels.set(id, label); }));
    const made = document.createElement("table");
    made.className = "compare-table";
    const head = made.createTHead().insertRow();
    head.append(cell("td", ""));
    ids.forEach((id, at) => {
      const heading = document.createElement("th");
      heading.scope = "col";
      heading.className = `city-${cases[at].city}`;
      const link = document.createElement("a");
      link.href = `../cases/${id}/`;
      link.textContent = cases[at].title;
      heading.append(link);
      head.append(heading);
    });
    const body = made.createTBody();
    for (const [id, label] of labels) {
      const row = body.insertRow();
      const heading = cell("th", label);
      heading.scope = "row";
      row.append(heading);
      for (const one of cases) {
        const found = one.sections.find((section) => section[0] === id);
        row.append(cell("td", found ? found[2] : '<p class="silence">This page has no such section.</p>'));
      }
    }
    return made;
  };

  const show = async () => {
    const asked = [...new Set(new URLSearchParams(location.search).getAll("case").filter(Boolean))];
    result.replaceChildren();
    if (!asked.length) return say("");
    const strange = asked.filter((id) => !known.has(id));
    const ids = asked.filter((id) => known.has(id)).slice(0, most);
    selects.forEach((select, at) => { select.value = ids[at] ?? ""; });
    const words = [];
    if (strange.length) words.push(`There is no case “${strange.join("”, “")}”.`);
    if (asked.length - strange.length > most) words.push(`At most ${most} cases fit side by side; the first ${most} are shown.`);
    if (ids.length < 2) return say([...words, "Choose at least two cases above."].join(" "));
    try {
      const cases = await Promise.all(ids.map(load));
      const region = document.createElement("div");
      region.className = "table";
      region.tabIndex = 0;
      region.setAttribute("role", "region");
      region.setAttribute("aria-label", "Comparison");
      region.append(table(ids, cases));
      result.replaceChildren(region);
      say([...words, `${ids.length} cases side by side.`].join(" "));
    } catch (error) {
      say(`The case ${error.message} could not be loaded. Its own page may still be there.`);
    }
  };

  form.querySelector("fieldset").disabled = false;
  form.querySelector(".compare-need").hidden = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = selects.map((select) => select.value).filter(Boolean);
    const query = chosen.map((id) => `case=${encodeURIComponent(id).replaceAll("%2F", "/")}`).join("&");
    history.pushState(null, "", query ? `?${query}` : location.pathname);
    show();
  });
  window.addEventListener("popstate", show);
  show();
})();
