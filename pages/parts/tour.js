// A short tour for the first visit: a card that points at one part of the page after another.
// Whether it was seen is remembered by the browser alone.

const SEEN = "fourzones-tour";

export default function (component) {
  const { data, parentElement } = component;
  const card = parentElement.querySelector(".tour");
  const mark = (on, target) => {
    for (const old of document.querySelectorAll("[data-fz-tour]")) {
      old.style.outline = "";
      delete old.dataset.fzTour;
    }
    if (!on || !target) return;
    target.dataset.fzTour = "";
    target.style.outline = "3px solid var(--st-primary-color, #2f4858)";
    target.style.outlineOffset = "2px";
    target.scrollIntoView({ block: "nearest" });
    const box = target.getBoundingClientRect();
    card.classList.toggle("above", box.top + box.bottom > window.innerHeight);
  };
  card.step ??= 0; // it stays when the page is drawn anew
  const seen = () => { try { return localStorage.getItem(SEEN); } catch { return "no storage"; } };
  const end = () => {
    mark(false);
    card.hidden = true;
    try { localStorage.setItem(SEEN, "1"); } catch { /* it is shown again next time */ }
  };
  const show = () => {
    const [selector, said] = data.steps[card.step];
    card.hidden = false;
    card.dir = data.direction;
    card.lang = data.language;
    card.querySelector("p").textContent = said;
    card.querySelector(".at").textContent = `${card.step + 1} / ${data.steps.length}`;
    const next = card.querySelector(".next");
    next.textContent = card.step + 1 < data.steps.length ? data.next : data.done;
    next.onclick = () => {
      card.step += 1;
      if (card.step < data.steps.length) show(); else end();
    };
    const close = card.querySelector(".close");
    close.textContent = data.close;
    close.onclick = end;
    mark(true, document.querySelector(selector));
  };
  card.onkeydown = (event) => { if (event.key === "Escape") end(); };
  card.setAttribute("aria-label", data.title);
  if (!seen()) show(); else if (!card.shown) card.hidden = true;
  card.shown = true;
  return () => mark(false);
}
