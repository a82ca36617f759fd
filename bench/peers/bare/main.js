// Excalidraw with a scene, and nothing else. It shows all of it, as our client does.
import { Excalidraw } from '@excalidraw/excalidraw';
import '@excalidraw/excalidraw/index.css';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

const answer = await fetch('/scene.json');
const elements = await answer.json();
let api = null;
let shown = false;

function show() {
  if (shown || !api || api.getSceneElements().length === 0) return;
  shown = true;
  const canvasOffsets = { top: 90, right: 32, bottom: 80, left: 32 };
  api.scrollToContent(undefined, { fitToContent: true, canvasOffsets, animate: false });
}

const editor = createElement(Excalidraw, {
  initialData: { elements },
  excalidrawAPI: (given) => (api = given),
  onChange: show,
});
window.bare = { scene: () => api.getSceneElements() };
createRoot(document.getElementById('root')).render(editor);
