// When did the drawing come to rest? Looks at a thumbnail of the editor's canvas, in any page.
(() => {
  const SIZE = [72, 45];
  const RESTS_MS = 2500;
  const LOOK_MS = 40;
  const small = new OffscreenCanvas(...SIZE);
  const pencil = small.getContext('2d', { willReadFrequently: true });
  let last = '';
  let changedAt = null;

  function look() {
    const canvas = document.querySelector('.excalidraw canvas.static');
    if (!canvas || canvas.width === 0) return;
    pencil.clearRect(0, 0, ...SIZE);
    pencil.drawImage(canvas, 0, 0, ...SIZE);
    const pixels = pencil.getImageData(0, 0, ...SIZE).data;
    const inked = pixels.some((value, at) => at % 4 === 0 && value < 250 && pixels[at + 3] > 250);
    const now = inked ? pixels.join() : '';
    if (now === last) return;
    last = now;
    changedAt = performance.now();
  }

  setInterval(look, LOOK_MS);
  window.painted = {
    /** Milliseconds after the navigation, or null while it may still change. */
    settled: () => (last !== '' && performance.now() - changedAt > RESTS_MS ? changedAt : null),
  };
})();
