(() => {
  'use strict';
  // Asks with HEAD until the answer is another one, then goes there with GET: a form that was posted is not sent twice.
  const again = async () => {
    try {
      const response = await fetch(location.href, { method: 'HEAD', cache: 'no-store', redirect: 'manual' });
      if (response.headers.get('X-Retort-Reloading') !== document.body.dataset.state) {
        location.replace(location.href);
        return;
      }
    } catch { /* The app is starting. */ }
    setTimeout(again, 500);
  };
  setTimeout(again, 500);
})();
