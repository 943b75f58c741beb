// A chosen or dropped file is sent at once. The field takes drops by itself; beside it they would open the file instead.
(function () {
  'use strict';
  var form = document.querySelector('form[data-drop]');
  if (!form) return;
  var file = form.querySelector('[type=file]');
  function send() {
    if (!file.files.length) return;
    form.querySelector('[data-status]').textContent = '正在读取“' + file.files[0].name + '”…';
    form.requestSubmit();
  }
  file.addEventListener('change', send);
  ['dragover', 'dragleave', 'drop'].forEach(function (type) {
    window.addEventListener(type, function (event) {
      if (!event.dataTransfer.types.includes('Files')) return;
      file.classList.toggle('over', type === 'dragover');
      if (event.target === file) return;
      event.preventDefault();
      if (type === 'drop') { file.files = event.dataTransfer.files; send(); }
    });
  });
})();
