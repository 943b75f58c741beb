// Attachments are sent as soon as they are chosen, one after the other, each in a line that tells how far it is. What the
// portal then has is taken from the page itself, asked for again: also while a file there is still being looked at.
(function () {
  'use strict';
  var waiting = [], busy, timer, asks = 0;
  var said = document.querySelector('[data-status]');

  function size(n) { return n < 1048576 ? Math.ceil(n / 1024) + ' KB' : (n / 1048576).toFixed(1) + ' MB'; }

  function send() {
    var job = !busy && waiting.shift();
    if (!job) return;
    busy = true;
    job.form.dataset.unsaved = '';
    said.textContent = '正在上传“' + job.file.name + '”';
    var call = new XMLHttpRequest(), body = new FormData();
    body.append('file', job.file);
    call.open('POST', job.form.action);
    call.setRequestHeader('Accept', 'application/json');
    call.upload.onprogress = function (event) {
      job.bar.value = event.loaded / event.total;
      job.words.textContent = '已上传 ' + size(event.loaded) + ' / ' + size(event.total);
    };
    call.onloadend = function () {
      var told = {};
      try { told = JSON.parse(call.response); } catch (error) {} // no answer, or not the portal's
      busy = false;
      if (told.state) {
        said.textContent = '“' + job.file.name + '”' + told.state;
        job.line.remove();
        asks = 0;
        refresh();
      } else fail(job, told.message || '“' + job.file.name + '”没有传到，请重试', !told.message || call.status === 429);
      if (!waiting.some(function (other) { return other.form === job.form; })) delete job.form.dataset.unsaved;
      send();
    };
    call.send(body);
  }

  function fail(job, why, again) {
    said.textContent = job.words.textContent = why;
    job.words.className = 'error';
    job.name.hidden = why.indexOf(job.file.name) > -1; // it is said once
    job.bar.hidden = true;
    job.again.hidden = !again;
  }

  function queue(job) {
    job.words.textContent = '等候上传';
    job.words.className = 'soft num';
    job.name.hidden = job.bar.hidden = false;
    job.again.hidden = true;
    job.bar.value = 0;
    waiting.push(job);
    send();
  }

  function refresh() {
    clearTimeout(timer);
    fetch(location.pathname).then(function (answer) { return answer.text(); }).then(function (text) {
      var page = new DOMParser().parseFromString(text, 'text/html'), at = document.activeElement.id;
      var held = document.querySelectorAll('[data-held]').length;
      document.querySelectorAll('[data-live]').forEach(function (old) {
        var now = page.getElementById(old.id);
        if (now && !now.isEqualNode(old)) old.replaceWith(now);
      });
      at = document.getElementById(at);
      if (at) at.focus();
      if (document.querySelectorAll('[data-held]').length < held) said.textContent = '安全检查完成';
    }).then(watch, function () { timer = setTimeout(refresh, 3000); });
  }

  function watch() { if (document.querySelector('[data-held]') && asks++ < 60) timer = setTimeout(refresh, 3000); }

  document.querySelectorAll('form[data-upload]').forEach(function (form) {
    var input = form.elements.file, list = form.querySelector('ul');
    input.multiple = true;
    form.querySelector('button').remove();
    form.querySelector('[hidden]').hidden = false;
    input.addEventListener('change', function () {
      list.querySelectorAll('.error + [hidden]').forEach(function (old) { old.parentNode.remove(); });
      Array.from(input.files).forEach(function (file) {
        var line = document.querySelector('[data-line]').content.firstElementChild.cloneNode(true);
        var parts = line.children, job = { form: form, file: file, line: line, name: parts[0], bar: parts[1], words: parts[2], again: parts[3] };
        job.name.textContent = file.name;
        list.append(line);
        job.again.addEventListener('click', function () { input.focus(); queue(job); });
        if (file.size > form.dataset.upload * 1048576) fail(job, '“' + file.name + '”超过 ' + form.dataset.upload + ' MB，请压缩后再传');
        else queue(job);
      });
      input.value = '';
    });
  });
  watch();
})();
