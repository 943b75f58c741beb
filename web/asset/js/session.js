// The strip at the foot of a signed-in person's page: the line is cut; the session ends in five minutes; it has ended.
// What was asked of the portal in another tab counts: before it warns the page asks, which prolongs nothing.
(function () {
  'use strict';
  var body = document.body, strip = document.querySelector('.strip');
  if (!strip) return;
  var cut = strip.firstElementChild, box = strip.lastElementChild, on = box.children[1], again = box.children[2];
  var warnAt = 300, timer, typed = 0, back, over;

  function show(words, left, button) {
    var fresh = box.hidden || button.hidden;
    if (!fresh && button === again) return;
    box.firstElementChild.textContent = words.replace('#', Math.ceil(left / 60));
    on.hidden = again.hidden = true;
    button.hidden = box.hidden = false;
    if (!fresh) return;
    if (!box.contains(document.activeElement)) back = document.activeElement;
    // Nobody who is typing is interrupted: the strip is read out, and the words go on.
    if (Date.now() - typed > 1e4) button.focus();
  }
  function hide() {
    if (box.contains(document.activeElement) && back) back.focus();
    box.hidden = true;
  }

  // left is in seconds; pressed says that the button could not prolong it.
  function heed(left, pressed) {
    clearTimeout(timer);
    if (left > warnAt) hide();
    else if (left <= 0) show(box.dataset.over, 0, again);
    else if (pressed) show(box.dataset.last, left, again);
    else if (box.hidden || again.hidden) show(box.dataset.warn, left, on);
    if (left > 0) timer = setTimeout(ask, left > warnAt ? (left - warnAt) * 1000 : Math.min(left, 30) * 1000);
    if (over && left > 0) document.dispatchEvent(new Event('renewed'));
    over = left <= 0;
  }

  function ask(method) {
    fetch('/account/session', { method: method || 'GET', headers: { Accept: 'application/json' } }).then(function (answer) {
      return answer.json().then(function (told) { heed(told.account === body.dataset.account ? told.left : 0, method); });
    }).catch(function () { clearTimeout(timer); timer = setTimeout(ask, 3e4); });
  }

  on.addEventListener('click', function () { ask('POST'); });
  box.addEventListener('keydown', function (event) { if (event.key === 'Escape') hide(); });
  document.addEventListener('input', function () { typed = Date.now(); });
  document.addEventListener('visibilitychange', function () { if (!document.hidden) ask(); });
  document.addEventListener('ended', function () { heed(0); });
  if (+body.dataset.left) heed(+body.dataset.left);

  if (!document.querySelector('form[data-autosave]')) return;
  function whole(words) { cut.textContent = words || ''; }
  function broken() { whole(cut.dataset.cut); }
  window.addEventListener('offline', broken);
  document.addEventListener('unreached', broken);
  window.addEventListener('online', function () { whole(); });
  document.addEventListener('reached', function () { whole(); });
})();
