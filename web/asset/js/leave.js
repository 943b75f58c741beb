// Leaving a form of data-guard, or one that could not save itself, with unsaved words asks first.
(function () {
  'use strict';
  document.querySelectorAll('form[data-guard]').forEach(function (form) {
    form.addEventListener('input', function () { form.dataset.unsaved = ''; });
  });
  document.addEventListener('submit', function (event) {
    if (!event.defaultPrevented) delete event.target.dataset.unsaved;
  });
  window.addEventListener('beforeunload', function (event) {
    if (document.querySelector('form[data-unsaved]')) { event.preventDefault(); event.returnValue = ''; }
  });
})();
