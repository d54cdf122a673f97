// Draws one wearer's card.

const minute = 60000;
const silence = 3 * minute;     // three heartbeats: after that a live page no longer counts on

const weekday = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', weekday: 'short' });

const svg = (name, attributes) => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};

const span = seconds => {
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
};

export function draw(card) {
  drawNow(card);
  drawRibbon(card);
  drawFigures(card);
  drawBars(card);
}

export function drawDay(card, day) {
  const at = card.days.findIndex(other => other.date === day.date);
  if (at < 0) return;
  card.days[at] = day;
  drawFigures(card);
  drawBars(card);
}

// Of several devices the one that says sitting counts, then the one that knows anything.
const rank = { sitting: 0, upright: 1, object: 2 };
const said = { sitting: 'sitting', upright: 'upright', object: 'object on the seat' };
const newest = card => [...card.devices.values()]
  .filter(device => device.posture && Date.now() - Date.parse(device.lastSeen) < silence)
  .sort((a, b) => (rank[a.posture] ?? 9) - (rank[b.posture] ?? 9))[0];

export function drawNow(card) {
  const device = newest(card);
  const now = card.element.querySelector('.now');
  now.dataset.posture = device?.posture ?? '';
  now.textContent = !device ? 'not heard' : device.posture in said
    ? `${said[device.posture]} for ${span((Date.now() - Date.parse(device.since)) / 1000)}` : device.posture === 'off' ? 'not worn' : 'not known yet';
}

export function drawRibbon(card) {
  if (card.timeline.length === 0) return;
  const ribbon = card.element.querySelector('.ribbon');
  const start = Date.parse(card.timeline[0].from);
  const end = Date.parse(card.timeline.at(-1).to);
  const x = at => (at - start) / (end - start) * 1440;
  const pieces = card.timeline
    .map(piece => ({ from: Date.parse(piece.from), to: Date.parse(piece.to), posture: piece.posture }))
    .filter(piece => piece.posture !== 'unknown' && piece.posture !== 'off');

  // While heartbeats come the newest posture counts on; what nobody vouched for yet is drawn paler.
  const device = newest(card);
  const last = pieces.at(-1);
  if (device && device.posture in rank && last)
    pieces.push({ from: Math.max(last.to, Date.parse(device.since)), to: Date.now(), posture: device.posture, counting: true });

  ribbon.replaceChildren(...pieces.filter(piece => piece.to > piece.from).map(piece => svg('rect', {
    x: x(piece.from).toFixed(2), width: Math.max(0.4, x(piece.to) - x(piece.from)).toFixed(2), y: 0, height: 64,
    class: piece.posture + (piece.counting ? ' counting' : '') })));
  const present = x(Date.now());
  if (present >= 0 && present <= 1440)
    ribbon.append(svg('line', { x1: present, x2: present, y1: 0, y2: 64, class: 'present' }));
  ribbon.setAttribute('aria-label', `Today of ${card.wearer}: ${figure(card, 'sedentaryHours') ?? 'no'} hours of sitting`);

  const hour = new Intl.DateTimeFormat('en-GB', { timeZone: card.zone, hour: '2-digit', minute: '2-digit' });
  const marks = Array.from({ length: 9 }, (_, i) => hour.format(start + (end - start) * i / 8));
  card.element.querySelector('.hours').replaceChildren(...marks.map(text => {
    const mark = document.createElement('span');
    mark.textContent = text;
    return mark;
  }));
}

const today = card => card.days.find(day => day.date === card.today);
const figure = (card, name) => today(card)?.[name];

function drawFigures(card) {
  const rows = [
    ['sedentary', today(card)?.sittingSeconds, span],
    ['longest bout', figure(card, 'longestBoutSeconds'), span],
    ['breaks', figure(card, 'breaks')],
    ['usual bout', figure(card, 'usualBoutSeconds'), span]];
  card.element.querySelector('.figures').replaceChildren(...rows.map(([name, value, format = String]) => {
    const row = document.createElement('div');
    const term = document.createElement('dt');
    const description = document.createElement('dd');
    term.textContent = name;
    description.textContent = value === null || value === undefined ? '–' : format(value);
    row.append(term, description);
    return row;
  }));
}

function drawBars(card) {
  const most = Math.max(8, ...card.days.map(day => day.sedentaryHours ?? 0));
  card.element.querySelector('.bars').replaceChildren(...card.days.map(day => {
    const hours = day.sedentaryHours;
    const bar = document.createElement('li');
    const known = Math.round((day.knownSeconds ?? 0) / 360) / 10;
    bar.className = [hours === null ? 'nothing' : day.complete ? '' : 'incomplete', day.date === card.today ? 'today' : ''].join(' ').trim();
    bar.title = hours === null ? `${day.date}: nothing known`
      : `${day.date}: ${hours} h sitting of ${known} h known${day.complete ? '' : ' (incomplete)'}, ${day.breaks} breaks`;
    const value = document.createElement('b');
    value.textContent = hours === null ? '' : hours.toFixed(1);
    const column = document.createElement('div');
    column.className = 'bar';
    column.style.flexGrow = (hours ?? 0) / most;
    const name = document.createElement('span');
    name.textContent = weekday.format(new Date(`${day.date}T12:00Z`)).slice(0, 2) + '\n' + Number(day.date.slice(8));
    bar.setAttribute('aria-label', bar.title);
    bar.append(value, column, name);
    return bar;
  }));
}
