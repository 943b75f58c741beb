// Characters of prose, counted as the portal counts them: code points after CRLF→LF.
(function () {
  'use strict';
  document.querySelectorAll('[data-max]').forEach(function (field) {
    var count = document.getElementById(field.id + '-counter');
    if (!count) return;
    var max = +field.dataset.max;
    function show() {
      var n = Array.from(field.value.replace(/\r\n/g, '\n')).length;
      count.textContent = n > max ? '已写 ' + n + ' 字，超出 ' + (n - max) + ' 字' : '已写 ' + n + ' 字，还可写 ' + (max - n) + ' 字';
      count.classList.toggle('over', n > max);
    }
    field.addEventListener('input', show);
    show();
  });
})();
