// A link into folded text unfolds it. Newer browsers do so by themselves.
(function () {
  'use strict';
  function unfold() {
    var target = document.querySelector(':target'), fold = target && target.closest('details:not([open])');
    if (fold) { fold.open = true; target.scrollIntoView(); }
  }
  window.addEventListener('hashchange', unfold);
  unfold();
})();
