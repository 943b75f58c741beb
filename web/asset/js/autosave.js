// A form of data-autosave saves itself shortly after typing stops, one save at a time and in order. What the portal
// answers stands in the form's data-saved. Without script, or when a save is refused, the form's button does the same.
(function () {
  'use strict';
  function tell(name) { document.dispatchEvent(new Event(name)); }

  document.querySelectorAll('form[data-autosave]').forEach(function (form) {
    var said = form.querySelector('[data-saved]'), was, timer, busy, held, stopped, waiting, wait = 1000;
    var edits = 0, kept = 0; // counted, so that words typed during a save are seen

    // Who listens hears it when that changes, and not after every save.
    function say(text, state) {
      said.setAttribute('aria-live', was === state ? 'off' : 'polite');
      said.textContent = text;
      said.dataset.saved = was = state;
    }
    function later(ms) { clearTimeout(timer); if (!stopped && !waiting) timer = setTimeout(save, ms); }
    function lost(text) { form.dataset.unsaved = ''; say(text, 'lost'); }
    // The button was pressed: what is saved by now it saves once more, and leads on.
    function go() { stopped = true; form.requestSubmit(held.by); }

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
          busy = waiting = false;
          wait = 1000;
          tell('reached');
          if (answer.ok) {
            form.elements.revision.value = told.revision;
            kept = sent;
            say('保存于 ' + told.at + (told.state ? '，' + told.state : ''), 'done');
            if (edits === sent) {
              delete form.dataset.unsaved;
              form.dispatchEvent(new Event('saved'));
              if (held) go();
            } else later(held ? 0 : 800);
          } else {
            lost('未保存：' + told.message);
            if (held) return go();
            if (answer.status === 401) { waiting = true; tell('ended'); } else stopped = answer.status !== 422;
          }
        });
      }).catch(function (answer) {
        busy = false;
        lost('未保存，正在重试');
        if (answer instanceof TypeError) tell('unreached'); else if (held) return go();
        later(wait);
        wait = Math.min(wait * 2, 30000);
      });
    }

    function edited(event) {
      edits++;
      held = null;
      form.dataset.unsaved = '';
      if (!stopped) said.dataset.saved = '';
      if (event.isComposing) clearTimeout(timer); else later(event.type === 'change' ? 0 : 800);
    }
    function retry() { waiting = false; if (edits > kept) save(); }
    ['input', 'change', 'compositionend'].forEach(function (type) { form.addEventListener(type, edited); });
    window.addEventListener('online', retry);
    document.addEventListener('renewed', retry);
    document.addEventListener('visibilitychange', function () { if (document.hidden && edits > kept) save(); });
    // A page that comes back as it was left knows an old revision.
    window.addEventListener('pageshow', function (event) { if (event.persisted && !('unsaved' in form.dataset)) location.reload(); });
    // The button waits until all is saved: a save on its way would make its revision an old one, and a line that is cut
    // would take the page away.
    form.addEventListener('submit', function (event) {
      clearTimeout(timer);
      if (stopped || !busy && edits === kept) { stopped = true; return; }
      event.preventDefault();
      held = { by: event.submitter };
      save();
    });
  });
})();
