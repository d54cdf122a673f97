// The page: asks the API, draws, and follows the live feed. It computes no figure of its own.
import { draw, drawDay, drawNow, drawRibbon } from './wearer.js';

const days = 14;
const cards = new Map();        // wearer -> what its card shows
const owners = new Map();       // device -> wearer
const list = document.getElementById('wearers');
const link = document.getElementById('link');

const get = async path => {
  const answer = await fetch(`api/v1/${path}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
};

const daysBefore = (date, n) => new Date(Date.parse(date) - n * 86400000).toISOString().slice(0, 10);

// A card asks for its data when it comes into view, so that a page of thousands costs what is looked at.
const inView = new IntersectionObserver(entries => {
  for (const entry of entries) {
    const card = cards.get(entry.target.dataset.wearer);
    card.visible = entry.isIntersecting;
    if (card.visible && card.stale) refresh(card);
  }
}, { rootMargin: '300px' });

async function refresh(card) {
  card.stale = false;
  card.loading = true;
  const { wearer, date: today } = card;
  const path = `wearers/${encodeURIComponent(wearer)}`;
  try {
    const [figures, timeline] = await Promise.all([
      get(`${path}/days?from=${daysBefore(today, days - 1)}&to=${today}`),
      get(`${path}/timeline?date=${today}`)]);
    Object.assign(card, { today, days: figures, timeline });
    draw(card);
  } catch {
    card.stale = true;
  } finally {
    card.loading = false;
  }
  if (card.overtaken) refreshSoon(card);
  card.overtaken = false;
}

// Several events of one moment are one reload; what happens during a reload asks for another one.
function refreshSoon(card) {
  card.stale = true;
  if (card.loading) card.overtaken = true;
  if (!card.visible || card.loading || card.timer) return;
  card.timer = setTimeout(() => { card.timer = 0; refresh(card); }, 500);
}

// Which date it is for a wearer, and until when, only the worker knows: somebody who travels has longer and shorter ones.
function add({ wearer, zone, devices, today: date, todayEnds }) {
  const present = { zone, date, dateEnds: Date.parse(todayEnds) };
  for (const device of devices) owners.set(device, wearer);
  if (cards.has(wearer)) {
    Object.assign(cards.get(wearer), present);
    return;
  }
  const element = document.getElementById('wearer').content.firstElementChild.cloneNode(true);
  element.dataset.wearer = wearer;
  element.querySelector('h2').textContent = wearer;
  element.querySelector('.fortnight a').href = `wearers/${encodeURIComponent(wearer)}/report`;
  const before = [...list.children].find(other => other.dataset.wearer > wearer);
  list.insertBefore(element, before ?? null);
  cards.set(wearer, { wearer, ...present, element, devices: new Map(), days: [], timeline: [], stale: true });
  inView.observe(element);
}

async function loadWearers() {
  const [wearers, devices] = await Promise.all([get('wearers'), get('devices')]);
  wearers.forEach(add);
  devices.forEach(heard);
  document.getElementById('nobody').hidden = wearers.length > 0;
}

function heard(device) {
  const owner = device.wearer ?? owners.get(device.device);
  for (const card of cards.values()) if (card.wearer !== owner) card.devices.delete(device.device);
  const card = cards.get(owner);
  if (!card) return false;
  card.devices.set(device.device, device);
  if (card.visible) { drawNow(card); drawRibbon(card); }
  return true;
}

function follow() {
  const feed = new EventSource('api/v1/live');
  feed.onopen = () => {
    link.textContent = 'live';
    link.className = 'live';
    loadAll();
  };
  feed.onerror = () => {
    link.textContent = 'no connection; trying again';
    link.className = '';
  };
  const on = (name, act) => feed.addEventListener(name, event => act(JSON.parse(event.data)));
  on('device', device => heard(device) || loadWearers().catch(() => {}));
  on('change', change => {
    const card = cards.get(change.wearer);
    if (card) refreshSoon(card); else loadWearers().catch(() => {});
  });
  on('day', day => {
    const card = cards.get(day.wearer);
    if (!card || day.slice !== 'day') return;
    if (card.loading || card.stale) refreshSoon(card);
    else drawDay(card, day);
  });
}

document.getElementById('search').addEventListener('input', event => {
  const wanted = event.target.value.trim().toLowerCase();
  for (const { wearer, element } of cards.values()) element.hidden = !wearer.toLowerCase().includes(wanted);
});

const loadAll = () => loadWearers().then(() => cards.forEach(refreshSoon), () => {});

// Time passes without events: the present moves on, and midnight begins another day.
setInterval(() => {
  const visible = [...cards.values()].filter(card => card.visible);
  if (visible.some(card => Date.now() >= card.dateEnds)) loadAll();
  else visible.forEach(card => { drawNow(card); drawRibbon(card); });
}, 10000);

loadWearers().catch(() => {});
follow();
