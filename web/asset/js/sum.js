// The sum of each side of an account, kept up with what is typed. The page comes with the sum of what is saved.
(function () {
  'use strict';
  document.querySelectorAll('[data-sum]').forEach(function (side) {
    side.addEventListener('input', function () {
      var cents = 0;
      side.querySelectorAll('input').forEach(function (field) {
        cents += Math.round(100 * field.value.normalize('NFKC').replace('。', '.').replace(/[,\s]|万元?$/g, ''));
      });
      side.querySelector('[data-total]').textContent = isNaN(cents) ? '\u2014' : (cents / 100).toFixed(2);
    });
  });
})();
