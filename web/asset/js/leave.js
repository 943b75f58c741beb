// Leaving a form of data-guard with unsaved words asks first.
(function () {
  'use strict';
  var dirty = false;
  document.querySelectorAll('form[data-guard]').forEach(function (form) {
    form.addEventListener('input', function () { dirty = true; });
    form.addEventListener('submit', function () { dirty = false; });
  });
  window.addEventListener('beforeunload', function (event) {
    if (dirty) { event.preventDefault(); event.returnValue = ''; }
  });
})();
