const mails = document.getElementById('mails');
const status = document.getElementById('status');
const INTERVAL_MS = 1000;
let shown = null;

function say(text) {
  if (status.textContent !== text) status.textContent = text;
}

async function update() {
  try {
    const response = await fetch('/mailbox/mails', { cache: 'no-store' });
    if (!response.ok) throw new Error(String(response.status));
    const html = await response.text();
    say('');
    if (html === shown) return;
    const known = new Set([...mails.querySelectorAll('[data-id]')].map((mail) => mail.dataset.id));
    // The server has escaped every mail's text.
    const list = new DOMParser().parseFromString(html, 'text/html').body;
    if (shown !== null) {
      for (const mail of list.querySelectorAll('[data-id]')) {
        mail.classList.toggle('new', !known.has(mail.dataset.id));
      }
    }
    shown = html;
    mails.replaceChildren(...list.childNodes);
  } catch {
    say('The local pool does not answer. Trying again …');
  }
}

async function poll() {
  if (!document.hidden) await update();
  setTimeout(poll, INTERVAL_MS);
}

mails.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-code]');
  if (!button) return;
  try {
    await navigator.clipboard.writeText(button.dataset.code);
    button.textContent = 'Copied';
  } catch {
    getSelection().selectAllChildren(button.previousElementSibling);
    button.textContent = 'Selected';
  }
  setTimeout(() => { button.textContent = 'Copy'; }, 1500);
});

document.addEventListener('visibilitychange', () => { if (!document.hidden) update(); });
poll();
