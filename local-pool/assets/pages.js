// Copies with one click, and keeps what #live holds up to date without touching what has not changed: focus,
// selection and scroll position stay where they are.

const live = document.getElementById('live');
const status = document.getElementById('status');
const filter = document.querySelector('form[data-filter]');

document.addEventListener('click', async (event) => {
  const button = event.target.closest('button[data-copy]');
  if (!button) return;
  let done = 'Copied';
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    getSelection().selectAllChildren(button.parentElement.querySelector('output, code, pre'));
    done = 'Selected';
  }
  button.textContent = done;
  setTimeout(() => { button.textContent = 'Copy'; }, 1500);
});

const keyOf = (node) => (node?.nodeType === Node.ELEMENT_NODE ? node.dataset.id : undefined);

function sameKind(from, to) {
  return from?.nodeName === to.nodeName && keyOf(from) === keyOf(to);
}

function patchAttributes(from, to) {
  for (const { name, value } of to.attributes) {
    if (from.getAttribute(name) !== value) from.setAttribute(name, value);
  }
  for (const { name } of [...from.attributes]) {
    // Whether a <details> is open is up to the reader.
    if (name !== 'open' && !to.hasAttribute(name)) from.removeAttribute(name);
  }
}

// Makes `from` what `to` is. Children with a data-id are told by it, others by their place.
function patch(from, to) {
  if (from.isEqualNode(to)) return;
  if (from.nodeType !== Node.ELEMENT_NODE) {
    from.nodeValue = to.nodeValue;
    return;
  }
  patchAttributes(from, to);
  const wanted = new Set([...to.children].map(keyOf).filter(Boolean));
  for (const child of [...from.children]) {
    const key = keyOf(child);
    if (key && !wanted.has(key)) child.remove();
  }
  const known = new Map([...from.children].map((child) => [keyOf(child), child]));
  let next = from.firstChild;
  for (const child of [...to.childNodes]) {
    const key = keyOf(child);
    const match = key ? known.get(key) : (sameKind(next, child) ? next : null);
    if (!match || !sameKind(match, child)) {
      if (key) child.classList.add('new');
      from.insertBefore(child, next);
    } else {
      if (match === next) next = next.nextSibling;
      else from.insertBefore(match, next);
      patch(match, child);
    }
  }
  while (next) {
    const rest = next.nextSibling;
    next.remove();
    next = rest;
  }
}

function say(text) {
  if (status.textContent !== text) status.textContent = text;
}

let asked = false;
let updating = false;

// Fetches this very page again; once more if that was asked for meanwhile.
async function update() {
  asked = true;
  if (updating) return;
  updating = true;
  try {
    while (asked) {
      asked = false;
      const response = await fetch(location.href, { cache: 'no-store' });
      // The server has escaped every text.
      const page = new DOMParser().parseFromString(await response.text(), 'text/html');
      const fresh = page.getElementById('live');
      if (!fresh) {
        // What the page shows is gone.
        location.reload();
        return;
      }
      patch(live, fresh);
      say('');
    }
  } catch {
    say('The local pool does not answer. Trying again …');
  } finally {
    updating = false;
  }
}

let events = null;

function listen() {
  if (events || document.hidden) return;
  events = new EventSource('/events');
  events.addEventListener('open', update);
  events.addEventListener('message', update);
  events.addEventListener('error', () => {
    say('The local pool does not answer. Trying again …');
    if (events?.readyState === EventSource.CLOSED) {
      events = null;
      setTimeout(listen, 1000);
    }
  });
}

// A browser has six connections to the pool: tabs that nobody looks at leave them to the app.
function rest() {
  events?.close();
  events = null;
}

if (live) {
  document.addEventListener('visibilitychange', () => (document.hidden ? rest() : listen()));
  addEventListener('pagehide', rest);
  addEventListener('pageshow', listen);
  listen();
}

if (filter) {
  const apply = () => {
    const query = new URLSearchParams([...new FormData(filter)].filter(([, value]) => value));
    history.replaceState(null, '', query.size ? `?${query}` : location.pathname);
    update();
  };
  filter.addEventListener('input', apply);
  filter.addEventListener('submit', (event) => {
    event.preventDefault();
    apply();
  });
}
