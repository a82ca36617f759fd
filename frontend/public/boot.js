// Runs before anything else, as a file of its own because the content policy forbids inline scripts.
// The editor reads this path when it is evaluated; the attribute keeps a dark page from flashing white.
window.EXCALIDRAW_ASSET_PATH = '/';
(function () {
  var chosen = null;
  try {
    chosen = window.localStorage.getItem('mantine-color-scheme-value');
  } catch (error) {
    // Storage is blocked: follow the system.
  }
  var dark =
    chosen === 'dark' ||
    (chosen !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
  if (chosen !== 'dark' && chosen !== 'light') return;
  document.querySelectorAll('meta[name="theme-color"]').forEach(function (meta) {
    meta.content = dark ? '#242424' : '#ffffff';
  });
})();
