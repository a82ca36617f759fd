// @vitest-environment node
import { expect, it, vi } from 'vitest';
import { drawingIn } from '../excalidrawFiles';

it('a picture that is too large is not read to see whether a drawing is in it', async () => {
  const picture = new File(['x'], 'huge.png', { type: 'image/png' });
  Object.defineProperty(picture, 'size', { value: 3_000_000_000 });
  const read = vi.spyOn(picture, 'text');
  expect(await drawingIn(picture)).toBeNull();
  expect(read).not.toHaveBeenCalled();
});
