// What the time axis asked of the page, and what it holds for true until the page answers.
//
// A page answers in parts and some time later: a second key, or play, may come before the axis has
// the answer to the first. So what was asked stands at once, each asking has a number, and what the
// page still sends with an older number does not undo it.

const PATIENCE = 10000; // ms; after that, an asking was lost on the way
const DAY = 86400000;

const days = (iso) => Date.parse(iso + "T00:00:00Z") / DAY;
const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);

function addMonths(text, count) {
  const [year, month, day] = text.split("-").map(Number);
  const at = new Date(Date.UTC(year, month - 1 + count, 1));
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
  at.setUTCDate(Math.min(day, last));
  return at.toISOString().slice(0, 10);
}

// Take what the page sends: `from`, `to` and `on` only if it answers all that was asked.
function settle(kept, data) {
  const answered = data.answered >= kept.asked || Date.now() - kept.when > PATIENCE;
  if (answered) { kept.asked = data.answered; kept.pending = {}; }
  const { from, to, on } = answered ? data : kept.data;
  kept.data = { ...data, from, to, on };
  return answered;
}

function ask(kept, wanted) {
  kept.pending = { ...kept.pending, ...wanted };
  kept.data = { ...kept.data, ...wanted };
  // Without a date of its own, the map shows the last day of the range.
  kept.data.on ??= wanted.to ? iso(days(wanted.to) - 1) : kept.before;
  kept.before = kept.data.on;
  kept.asked += 1;
  kept.when = Date.now();
  kept.send({ ...kept.pending, number: kept.asked });
  kept.drawn();
}

const move = (kept, on) => ask(kept, { on });
const choose = (kept, from, to) => ask(kept, { from, to, on: null });

// The next step of play; where the range ends it stops, or begins again when it was just pressed.
function step(kept, pressed) {
  const { from, to, on, months } = kept.data;
  const first = from ?? months[0], last = to ?? addMonths(months.at(-1), 1);
  const next = addMonths(on, 1);
  const outside = days(on) < days(first) || days(on) >= days(last);
  const ended = days(next) >= days(last);
  clearTimeout(kept.timer);
  if (ended && !outside && !pressed) { kept.playing = false; kept.drawn(); return; }
  move(kept, outside || ended ? first : next);
  // The answer sets the next step; should it be lost on the way, this asks again.
  kept.timer = setTimeout(() => step(kept), PATIENCE);
}
