// The list of what has to be mended takes the focus when the page comes back with it.
(function () {
  'use strict';
  var summary = document.querySelector('[data-summary]');
  if (summary) summary.focus();
})();
