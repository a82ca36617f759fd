// Runs before anything else, as a file of its own because the content policy forbids inline scripts.
// The editor reads this path when it is evaluated; the attribute keeps a dark page from flashing white.
window.EXCALIDRAW_ASSET_PATH = '/';
document.documentElement.setAttribute(
  'data-mantine-color-scheme',
  window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
);
