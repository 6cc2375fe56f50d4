"use strict";
(() => {
  const form = document.getElementById("filter");
  if (!form) return;
  const [text, facet, risk] = ["text", "facet", "risk"].map((id) => document.getElementById(id));
  const shown = document.getElementById("shown");
  const open = document.getElementById("open");
  const items = [...document.querySelectorAll("li.item")].map((node) => ({
    node,
    facet: node.dataset.facet,
    risk: node.closest("section").dataset.risk,
    group: node.closest(".group"),
  }));
  const parts = [...document.querySelectorAll("main > section")];
  let asked = 0;

  // Not a search below the group: it may hold ten thousand changes, and each asks.
  const titleOf = (group) => {
    const first = group.firstElementChild;
    return first.tagName === "H3" ? first.textContent : "";
  };

  const fits = (item, words) => {
    if (facet.value && item.facet !== facet.value) return false;
    if (risk.value && item.risk !== risk.value) return false;
    if (!words.length) return true;
    item.text ??= `${item.node.textContent} ${titleOf(item.group)}`.toLowerCase();
    return words.every((word) => item.text.includes(word));
  };

  const apply = () => {
    asked = 0;
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const narrowed = words.length > 0 || facet.value !== "" || risk.value !== "";
    const groups = new Set();
    const risks = new Set();
    let count = 0;
    for (const item of items) {
      const fit = fits(item, words);
      item.node.hidden = !fit;
      if (fit) {
        count += 1;
        groups.add(item.group);
        risks.add(item.risk);
      }
    }
    for (const group of document.querySelectorAll(".group")) group.hidden = !groups.has(group);
    for (const part of parts) part.hidden = narrowed && !risks.has(part.dataset.risk);
    shown.textContent = `${count} of ${items.length} changes shown`;
  };

  const later = () => { asked ||= requestAnimationFrame(apply); };
  const clear = () => { form.reset(); later(); };

  form.addEventListener("input", later);
  form.addEventListener("reset", () => setTimeout(later));
  form.addEventListener("submit", (event) => event.preventDefault());
  open.addEventListener("click", () => {
    const opened = open.getAttribute("aria-pressed") !== "true";
    open.setAttribute("aria-pressed", String(opened));
    for (const item of items) {
      const details = item.node.querySelector("details");
      if (details && !item.node.hidden) details.open = opened;
    }
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches?.("input, select, textarea");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      text.focus();
    } else if (event.key === "Escape") {
      clear();
    }
  });
  form.hidden = false;
  apply();
})();
