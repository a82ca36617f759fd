import { Excalidraw } from '@excalidraw/excalidraw';
import '@excalidraw/excalidraw/index.css';
export default function Board() {
  return (
    <div style={{ height: '100vh' }}>
      <Excalidraw />
    </div>
  );
}
