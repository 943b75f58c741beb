// A form of data-autosave saves itself shortly after typing stops, one save at a time and in order. What the portal
// answers stands in the form's data-saved. Without script, or when a save is refused, the form's button does the same.
(function () {
  'use strict';
  document.querySelectorAll('form[data-autosave]').forEach(function (form) {
    var said = form.querySelector('[data-saved]'), timer, busy, held, stopped, wait = 1000;
    var edits = 0; // counted, so that words typed during a save are seen

    function say(text, state) { said.textContent = text; said.dataset.saved = state || ''; }
    function later(ms) { clearTimeout(timer); if (!stopped) timer = setTimeout(save, ms); }

    function save() {
      clearTimeout(timer);
      if (busy || stopped) return;
      var sent = edits, body = new URLSearchParams(new FormData(form)).toString();
      var light = body.length < 6e4; // so much arrives even when the page is left
      busy = true;
      if (light) delete form.dataset.unsaved;
      fetch(form.action, {
        method: 'POST', body: body, keepalive: light,
        headers: { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded' }
      }).then(function (answer) {
        if (answer.status > 499 || answer.status === 429) throw answer;
        return answer.json().then(function (told) {
          wait = 1000;
          if (answer.ok) {
            form.elements.revision.value = told.revision;
            say('保存于 ' + told.at + (told.state ? '，' + told.state : ''), 'done');
            if (edits === sent) delete form.dataset.unsaved; else later(800);
          } else {
            stopped = answer.status !== 422;
            refuse(told.message);
          }
        }, function () { stopped = true; refuse('未保存'); }); // not the portal's answer: signed out
      }).catch(function () {
        form.dataset.unsaved = '';
        say('未保存，正在重试', 'lost');
        later(wait);
        wait = Math.min(wait * 2, 30000);
      }).then(function () {
        busy = false;
        if (held) form.requestSubmit(held.by);
      });
    }

    function refuse(message) { form.dataset.unsaved = ''; say(/保存”/.test(message) ? message : message + '，请按“保存”', 'lost'); }

    function edited(event) {
      edits++;
      form.dataset.unsaved = '';
      if (event.isComposing) clearTimeout(timer); else later(event.type === 'change' ? 0 : 800);
    }
    ['input', 'change', 'compositionend'].forEach(function (type) { form.addEventListener(type, edited); });
    window.addEventListener('online', function () { if ('unsaved' in form.dataset) save(); });
    // A save on its way would make the button's revision an old one: the button waits for it.
    form.addEventListener('submit', function (event) {
      clearTimeout(timer);
      if (busy) { event.preventDefault(); held = { by: event.submitter }; } else stopped = true;
    });
  });
})();
