// Says Streamlit's own words (help, dates, uploads, navigation) in the language of the page, also
// those that come later, and takes that back when the language changes. Names the map's frame.

const SPOKEN = ["aria-label", "title", "placeholder"];
const DATA = "bdi, [dir=auto], code, pre, script, style, noscript, textarea";

export default function (component) {
  const { language, phrases, map } = component.data;
  const root = component.parentElement;
  root.takenBack?.(); // drawn again, it is not taken down before
  document.documentElement.lang = language;
  const whole = new Map(), shaped = [];
  for (const [english, said] of Object.entries(phrases)) {
    if (!english.includes("{}")) { whole.set(english, said); continue; }
    const parts = english.split("{}").map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    shaped.push([new RegExp(`^${parts.join("([^]*?)")}$`), said]);
  }
  const translated = (text) => {
    const bare = text.trim();
    if (!bare) return null;
    if (whole.has(bare)) return whole.get(bare);
    for (const [shape, said] of shaped) {
      const found = shape.exec(bare);
      let at = 0;
      if (found) return said.replaceAll("{}", () => found[++at]);
    }
    return null;
  };
  const changed = new Map(); // what was said before, to be taken back
  const keep = (node, name, before, said, write) => {
    if (said === null || said === before) return;
    const undo = changed.get(node) ?? {};
    undo[name] = { before, said, write };
    changed.set(node, undo);
    write(said);
  };
  const say = (one) => {
    if (one.nodeType === 3) {
      if (!one.parentElement?.closest(DATA)) {
        keep(one, "", one.data, translated(one.data), (said) => { one.data = said; });
      }
      return;
    }
    if (one.nodeType !== 1 || one.closest(DATA)) return;
    // Only when it changes: each writing is itself a change that is heard of.
    if (one.matches("iframe[title*=st_folium]") && one.ariaLabel !== map) one.ariaLabel = map;
    for (const name of SPOKEN) {
      const before = one.getAttribute(name);
      if (before) keep(one, name, before, translated(before), (said) => one.setAttribute(name, said));
    }
    for (const child of one.childNodes) say(child);
  };
  const seen = new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "childList") addedNodes.forEach(say);
      else say(target);
    }
    for (const node of changed.keys()) if (!node.isConnected) changed.delete(node);
  });
  say(document.body);
  seen.observe(document.body, { subtree: true, childList: true, characterData: true,
    attributes: true, attributeFilter: SPOKEN });
  root.takenBack = () => {
    root.takenBack = null;
    seen.disconnect();
    for (const [node, undo] of changed) {
      for (const [name, { before, said, write }] of Object.entries(undo)) {
        if ((name ? node.getAttribute(name) : node.data) === said) write(before);
      }
    }
  };
  return () => root.takenBack?.();
}
