// The time axis: bars by month and zone, a range to drag, the map date as a needle, and play.
// It only draws what it is given and says what was asked for; the page decides.

const HEIGHT = 92, TOP = 6, BARS = 62, RIGHT = 6;
const apart = (count) => count.toLocaleString("en");
const SVG = "http://www.w3.org/2000/svg";

function element(name, attributes, parent) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (parent) parent.append(made);
  return made;
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".axis");
  const kept = (root.kept ??= {
    playing: false, speed: 1000, asked: data.answered, pending: {}, when: 0, before: data.on, data,
  });
  kept.send = (wanted) => setTriggerValue("asked", wanted);
  kept.drawn = () => { toolbar(root, kept); draw(root, kept); };
  const answered = settle(kept, data);
  kept.before = kept.data.on;
  root.dir = data.language === "ar" ? "rtl" : "ltr";
  root.lang = data.language;
  kept.drawn();
  if (!kept.watched) {
    kept.watched = new ResizeObserver(() => draw(root, kept));
    kept.watched.observe(root);
  }
  if (kept.playing && answered) {
    clearTimeout(kept.timer);
    kept.timer = setTimeout(() => step(kept), kept.speed);
  }
  return () => { clearTimeout(kept.timer); kept.watched?.disconnect(); kept.watched = null; };
}

function toolbar(root, kept) {
  const { data } = kept, bar = root.querySelector(".bar"), words = data.words;
  const play = bar.querySelector("button");
  play.textContent = kept.playing ? "❚❚" : "▶";
  play.title = play.ariaLabel = kept.playing ? words.pause : words.play;
  play.setAttribute("aria-pressed", kept.playing);
  play.onclick = () => {
    kept.playing = !kept.playing;
    clearTimeout(kept.timer);
    if (kept.playing) step(kept, true);
    else toolbar(root, kept);
  };
  const speed = bar.querySelector("select.speed");
  speed.ariaLabel = speed.title = words.speed;
  speed.onchange = () => { kept.speed = Number(speed.value); };
  const presets = bar.querySelector("select.presets");
  presets.ariaLabel = words.presets;
  presets.replaceChildren(new Option(words.presets, ""), new Option(words.all, "all"),
    ...data.presets.map((preset, at) => new Option(preset.name, at)));
  presets.onchange = () => {
    if (presets.value === "all") choose(kept, null, null);
    else if (presets.value !== "") {
      const preset = data.presets[Number(presets.value)];
      choose(kept, preset.from, preset.to);
    }
  };
  bar.querySelector(".range").textContent = data.range;
  bar.querySelector(".date").textContent = data.date;
  bar.querySelector(".chart").textContent = words.chart;
  bar.hidden = false; // until now its buttons had no names
}

function draw(root, kept) {
  const { data } = kept;
  const width = Math.max(280, root.clientWidth);
  const first = days(data.months[0]), last = days(addMonths(data.months.at(-1), 1));
  const highest = Math.max(1, ...data.months.map((_, month) =>
    data.zones.reduce((sum, zone) => sum + zone.counts[month], 0)));
  const left = 12 + 6 * apart(highest).length; // room for the scale
  const x = (day) => left + ((day - first) / (last - first)) * (width - left - RIGHT);
  const at = (px) => first + ((px - left) / (width - left - RIGHT)) * (last - first);
  const old = root.querySelector("svg");
  const focused = old === (root.getRootNode().activeElement ?? document.activeElement);
  const svg = element("svg", {
    viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, tabindex: 0, role: "slider",
    "aria-label": data.words.label, "aria-valuemin": first, "aria-valuemax": last,
    "aria-valuenow": days(data.on), "aria-valuetext": `${data.date}; ${data.range}`,
  });
  const from = data.from ? days(data.from) : first, to = data.to ? days(data.to) : last;
  for (const [count, y] of [[highest, TOP], [0, TOP + BARS]]) {
    element("line", { x1: left - 3, x2: width - RIGHT, y1: y, y2: y, class: "year" }, svg);
    element("text", { x: left - 6, y: y + 4, class: "scale" }, svg).textContent = apart(count);
  }
  data.months.forEach((month, number) => {
    const start = days(month), end = days(addMonths(month, 1));
    const group = element("g", { opacity: end > from && start < to ? 1 : 0.28 }, svg);
    let foot = TOP + BARS;
    const said = [data.names[number]];
    for (const zone of data.zones) {
      const count = zone.counts[number];
      if (!count) continue;
      const tall = Math.max(1, (count / highest) * BARS);
      element("rect", {
        x: x(start) + 0.5, width: Math.max(1, x(end) - x(start) - 1), y: foot - tall, height: tall,
        fill: zone.colour, class: "month", "data-zone": zone.id, "data-month": month,
      }, group);
      foot -= tall;
      said.push(`${zone.name}: ${apart(count)}`);
    }
    const whole = element("rect", { x: x(start), width: x(end) - x(start), y: TOP, height: BARS,
      fill: "transparent" }, group);
    element("title", {}, whole).textContent = said.join("\n");
    if (month.endsWith("-01-01") || number === 0) {
      element("line", { x1: x(start), x2: x(start), y1: TOP, y2: TOP + BARS + 4, class: "year" }, svg);
      if (x(last) - x(start) > 30) {
        const label = element("text", { x: x(start) + 3, y: HEIGHT - 4, class: "year" }, svg);
        label.textContent = month.slice(0, 4);
      }
    }
  });
  element("line", { x1: left, x2: width - RIGHT, y1: TOP + BARS, y2: TOP + BARS, class: "base" }, svg);
  if (data.from || data.to) {
    element("rect", { x: x(Math.max(from, first)), y: TOP - 3,
      width: Math.max(2, x(Math.min(to, last)) - x(Math.max(from, first))), height: BARS + 4,
      class: "chosen" }, svg);
  }
  for (const event of data.events) {
    const tick = element("path", { class: "event", d: `M${x(days(event.date))} ${TOP + BARS + 2} l3.5 7 h-7 z` }, svg);
    element("title", {}, tick).textContent = event.title;
  }
  const on = x(Math.min(Math.max(days(data.on), first), last));
  const needle = element("g", { class: "needle" }, svg);
  element("line", { x1: on, x2: on, y1: 0, y2: TOP + BARS }, needle);
  element("path", { d: `M${on - 5} 0 h10 l-5 6 z` }, needle);
  const brush = element("rect", { y: TOP - 3, height: BARS + 4, class: "brush", width: 0, x: 0 }, svg);

  let start = null;
  const place = (event) => event.clientX - svg.getBoundingClientRect().left;
  svg.onpointerdown = (event) => { start = place(event); svg.setPointerCapture(event.pointerId); };
  svg.onpointermove = (event) => {
    if (start === null) return;
    const now = place(event);
    brush.setAttribute("x", Math.min(start, now));
    brush.setAttribute("width", Math.abs(now - start));
  };
  svg.onpointerup = (event) => {
    if (start === null) return;
    const ends = [start, place(event)].map(at).map((d) => Math.min(Math.max(d, first), last - 1));
    const moved = Math.abs(place(event) - start);
    start = null;
    brush.setAttribute("width", 0);
    if (moved < 4) return move(kept, iso(Math.floor(ends[0])));
    const [low, high] = ends.sort((a, b) => a - b).map((d) => iso(Math.floor(d)).slice(0, 7) + "-01");
    choose(kept, low, addMonths(high, 1));
  };
  svg.onkeydown = (event) => {
    const way = { ArrowRight: 1, ArrowLeft: -1, PageUp: 12, PageDown: -12 }[event.key];
    if (way && event.shiftKey) {
      const end = addMonths(data.to ?? iso(last), way);
      if (days(end) > from) choose(kept, data.from ?? data.months[0], end);
    } else if (way) {
      const next = days(addMonths(data.on, way));
      move(kept, iso(Math.min(Math.max(next, first), last - 1)));
    } else if (event.key === "Escape") choose(kept, null, null);
    else if (event.key === " ") root.querySelector(".bar button").click();
    else return;
    event.preventDefault();
  };
  svg.setAttribute("aria-description", data.words.help);
  old.replaceWith(svg);
  if (focused) svg.focus();
}
