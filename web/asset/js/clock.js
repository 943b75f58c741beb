// Countdown and server clock beside a deadline. The words in the page are right without it;
// it adds hours, minutes and seconds in lines that are kept free for them, so nothing moves.
//
// The portal's time, in order: data-now of a signed-in page (rendered for this answer); the
// Server-Timing header "now" (milliseconds) of this answer, which a kept public page carries too;
// else the Date header of one HEAD /healthz. The visitor's own clock is never believed.
(function () {
  'use strict';
  var blocks = document.querySelectorAll('[data-closes]');
  if (!blocks.length || !window.performance) return;
  var base; // the portal's time minus performance.now()
  var slept = Date.now() - performance.now();

  function two(n) { return (n < 10 ? '0' : '') + n; }

  function tick() {
    var now = base + performance.now();
    var beijing = new Date(now + 288e5);
    blocks.forEach(function (b) {
      var clock = b.querySelector('[data-clock]');
      if (clock) clock.textContent = '现在 ' + two(beijing.getUTCHours()) + ':' + two(beijing.getUTCMinutes()) + ':' + two(beijing.getUTCSeconds());
      var left = b.querySelector('[data-left]');
      if (!left) return;
      var s = Math.floor((Date.parse(b.dataset.closes) - now) / 1000);
      if (s < 0) { left.textContent = '已截止'; return; }
      var d = Math.floor(s / 86400), h = Math.floor(s / 3600) % 24, m = Math.floor(s / 60) % 60;
      left.textContent = d ? '还有 ' + d + ' 天 ' + h + ' 小时' :
        '还有 ' + (h ? h + ' 小时 ' : '') + m + ' 分 ' + two(s % 60) + ' 秒';
    });
    setTimeout(tick, 1000 - now % 1000);
  }

  function ask() {
    var asked = performance.now();
    return fetch('/healthz', { method: 'HEAD', cache: 'no-store' }).then(function (r) {
      var date = Date.parse(r.headers.get('Date'));
      if (date) base = date + 500 - (asked + performance.now()) / 2;
    }, function () {});
  }

  var given = Date.parse(blocks[0].dataset.now);
  var nav = performance.getEntriesByType('navigation')[0];
  (nav && nav.serverTiming || []).forEach(function (t) {
    if (t.name === 'now' && !given) given = t.duration;
  });
  if (given) { base = given - (nav ? nav.responseStart : 0); tick(); }
  else ask().then(function () { if (base) tick(); });

  // A computer that slept, or a page that was kept by the browser: ask again.
  document.addEventListener('visibilitychange', function () {
    if (!document.hidden && Math.abs(Date.now() - performance.now() - slept) > 2000) {
      slept = Date.now() - performance.now();
      ask();
    }
  });
})();
