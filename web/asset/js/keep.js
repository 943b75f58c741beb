// What is typed into a form of a signed-in person and not saved yet stays in the browser, under the account and for a
// day, and is offered when the page comes again: after a crash, a cut line, a closed tab. Never a password.
(function () {
  'use strict';
  var account = document.body.dataset.account, store, sent, navigation = performance.getEntriesByType('navigation')[0];

  // What is kept of a form: a list of {id, v, at}, a field's id, what stood in it and when.
  function read(key) {
    try {
      return JSON.parse(store.getItem(key)).filter(function (e) { return e.at > Date.now() - 864e5; });
    } catch (e) { return []; }
  }
  function write(key, list) {
    var text = JSON.stringify(list);
    try {
      if (!list[0]) store.removeItem(key);
      else if (text.length < 131072) store.setItem(key, text);
    } catch (e) {}
  }
  function each(prefix, act) {
    Object.keys(store).forEach(function (key) { if (!key.indexOf(prefix)) act(key); });
  }
  try {
    store = localStorage;
    sent = sessionStorage.sent;
    delete sessionStorage.sent;
  } catch (e) { return; }
  each('kept:', function (key) { write(key, read(key)); });
  if (!account) return;
  account = 'kept:' + account + ':';
  // A form without data-autosave was accepted when its post led to another page.
  if (sent && navigation && navigation.redirectCount) write(sent, []);

  document.addEventListener('submit', function (event) {
    var to = event.target.getAttribute('action');
    if (event.defaultPrevented) return;
    if (to === '/sign-out') each(account, function (key) { write(key, []); });
    else if ('guard' in event.target.dataset) sessionStorage.sent = account + to;
  });

  document.querySelectorAll('form[data-autosave],form[data-guard]').forEach(function (form) {
    var key = account + form.getAttribute('action'), saved = {}, offered = [], note;

    function fields(act) {
      Array.from(form.elements).forEach(function (e) { if (e.id && e.name && !/hidden|password|file|submit/.test(e.type)) act(e); });
    }
    function picks(e) { return /radio|checkbox/.test(e.type); }
    function value(e) { return picks(e) ? e.checked ? '1' : '' : e.value; }
    function original(e) {
      if (picks(e)) return e.defaultChecked ? '1' : '';
      return e.options ? (Array.from(e.options).find(function (o) { return o.defaultSelected; }) || e.options[0]).value : e.defaultValue;
    }
    function says(e, v) {
      if (picks(e)) return (v ? '' : '不选：') + e.labels[0].textContent.trim();
      return e.options ? Array.from(e.options).filter(function (o) { return o.value === v; }).map(function (o) { return o.label; })[0] : v || '（空）';
    }
    // What the page changed and the portal does not have, behind what is offered and not decided.
    function keep() {
      var list = offered.slice();
      fields(function (e) { if (value(e) !== saved[e.id]) list.push({ id: e.id, v: value(e), at: Date.now() }); });
      write(key, list);
      return list.length > offered.length;
    }
    function press(parent, i, act) { parent.querySelectorAll('button')[i].addEventListener('click', act); }

    function offer(e, one) {
      var copy = document.getElementById('kept').content.cloneNode(true), box = copy.firstElementChild, parts = box.children;
      function decide(restore) {
        offered.splice(offered.indexOf(one), 1);
        box.remove();
        if (restore === true) {
          if (picks(e)) e.checked = !!one.v; else e.value = one.v;
          e.dispatchEvent(new Event('input', { bubbles: true }));
        }
        e.focus();
        keep();
        if (!form.querySelector('.kept')) note.remove();
      }
      if (!note) {
        note = box.nextElementSibling;
        form.prepend(note);
        press(note, 0, function () { form.querySelectorAll('.kept').forEach(function (b) { b.querySelector('button').click(); }); });
      }
      parts[0].firstElementChild.textContent = new Date(one.at + 288e5).toISOString().slice(11, 16);
      parts[1].textContent = says(e, one.v);
      press(box, 0, function () { decide(true); });
      press(box, 1, decide);
      if (e.labels[0]) box.setAttribute('aria-label', e.labels[0].textContent.trim());
      (e.closest('.field, .amount') || e.parentNode).append(box);
    }

    fields(function (e) { saved[e.id] = original(e); });
    // What the portal has by now needs no keeping, and a choice that was left says the same as the one that was made.
    offered = read(key).filter(function (one) {
      var e = form.querySelector('#' + CSS.escape(one.id));
      if (!e) return true;
      if (value(e) === one.v || e.type === 'radio' && !one.v) return 'guard' in form.dataset;
      one.to = e;
      return true;
    });
    offered.slice().forEach(function (one) {
      var e = one.to;
      delete one.to;
      if (e) offer(e, one);
    });
    // Somebody was quicker than this script.
    if (keep()) form.dispatchEvent(new Event('input', { bubbles: true }));
    form.addEventListener('input', keep);
    form.addEventListener('saved', function () {
      fields(function (e) { saved[e.id] = value(e); });
      keep();
    });
  });
})();
