// What pages cannot do without a script. Everything else is HTML, which htmx fetches.

// Times come in UTC and are shown in the viewer's own zone; the original stays in the title.
function localTimes(root) {
  for (const time of root.querySelectorAll('time[datetime]:not([data-local])')) {
    const at = new Date(time.dateTime);
    if (isNaN(at)) continue;
    time.title = time.title || time.dateTime;
    time.dataset.local = '';
    time.textContent = at.toLocaleString(document.documentElement.lang || undefined,
      time.dataset.style === 'time'
        ? { timeStyle: 'short' }
        : time.dataset.style === 'date'
          ? { dateStyle: 'medium' }
          : { dateStyle: 'medium', timeStyle: 'short' });
  }
}

// One box ticks all boxes of its table.
document.addEventListener('change', event => {
  const all = event.target.closest('[data-all]');
  if (!all) return;
  for (const box of document.querySelectorAll(`input[name="${all.dataset.all}"]`)) box.checked = all.checked;
});

// A question before what cannot be taken back lightly.
document.addEventListener('submit', event => {
  const question = event.target.dataset.ask;
  if (question && !window.confirm(question)) event.preventDefault();
});

// An error answer is shown where the result would have been, not swallowed.
document.addEventListener('htmx:beforeSwap', event => {
  const status = event.detail.xhr.status;
  if (status >= 400 && status < 600) event.detail.shouldSwap = true;
});

// A part that has come tells the others of its page, such as that runs have ended.
function announce(root) {
  for (const news of root.querySelectorAll('[data-announce]')) {
    document.body.dispatchEvent(new CustomEvent(news.dataset.announce));
    news.remove();
  }
}

document.addEventListener('htmx:load', event => {
  localTimes(event.detail.elt);
  announce(event.detail.elt);
});
document.addEventListener('DOMContentLoaded', () => localTimes(document));
