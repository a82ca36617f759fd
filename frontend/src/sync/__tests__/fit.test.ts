// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { fitClear, isClear } from '../fit';

const SCREEN = { x: 16, y: 76, width: 1000, height: 700 };
const CARDS = { x: 700, y: 600, width: 316, height: 176 };
const row = { x: 0, y: 0, width: 3000, height: 200 };
const at = (x: number, y: number) => ({ x, y, width: 100, height: 100 });
const square = { x: -50, y: -50, width: 900, height: 900 };

describe('a drawing that is brought into sight', () => {
  it('is as large as the screen, whatever number that is', () => {
    const { zoom } = fitClear(row, SCREEN, []);
    expect(zoom).toBeCloseTo(1 / 3);
  });

  it('is never blown up', () => {
    expect(fitClear({ x: 5, y: 5, width: 10, height: 10 }, SCREEN, []).zoom).toBe(1);
  });

  it('lies in the middle', () => {
    const { scrollX, scrollY, zoom } = fitClear(square, SCREEN, []);
    expect((400 + scrollX) * zoom).toBeCloseTo(516);
    expect((400 + scrollY) * zoom).toBeCloseTo(426);
  });

  it.each([row, square, { x: 0, y: 0, width: 100, height: 4000 }])(
    'lies under no card, %o',
    (drawing) => {
      expect(isClear(drawing, SCREEN, [CARDS], fitClear(drawing, SCREEN, [CARDS]))).toBe(true);
    },
  );

  it('lies above a phone’s sheet, and beside what else is there', () => {
    const phone = { x: 16, y: 76, width: 343, height: 660 };
    const sheet = { x: 0, y: 340, width: 375, height: 460 };
    const where = fitClear(square, phone, [sheet]);
    expect(isClear(square, phone, [sheet], where)).toBe(true);
    expect(where.zoom).toBeCloseTo(248 / 900, 2);
  });

  it('is not clear where a card lies over it, or beyond the edge', () => {
    const straight = { scrollX: 0, scrollY: 0, zoom: 1 };
    expect(isClear(at(100, 100), SCREEN, [CARDS], straight)).toBe(true);
    expect(isClear(at(650, 550), SCREEN, [CARDS], straight)).toBe(false);
    expect(isClear(at(950, 100), SCREEN, [CARDS], straight)).toBe(false);
  });
});
