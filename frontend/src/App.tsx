import { lazy, Suspense } from 'react';
const Board = lazy(() => import('./components/Canvas/Board'));
export function App() {
  return (
    <Suspense fallback="...">
      <Board />
    </Suspense>
  );
}
