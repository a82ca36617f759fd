/** Telling the others where this person points, what they selected and what they see. */
import type { Rectangle } from '../types/ai';
import type { CursorMessage } from '../types/protocol';
import { atMostEvery } from './timers';

const TELL_EVERY_MS = 50;
/** The server shows others no more than these. */
const MOST_SELECTED = 200;

export class Pointing {
  private cursor: Omit<CursorMessage, 'canvas_id'> = { tool: 'pointer', selected: [] };
  private readonly telling: { soon: () => void; stop: () => void };

  constructor(private readonly tell: (cursor: Omit<CursorMessage, 'canvas_id'>) => void) {
    this.telling = atMostEvery(TELL_EVERY_MS, () => this.tell(this.cursor));
  }

  point(pointer: { x: number; y: number; tool: string }): void {
    this.cursor = { ...this.cursor, x: pointer.x, y: pointer.y, tool: pointer.tool };
    this.telling.soon();
  }

  select(ids: readonly string[]): void {
    this.cursor = { ...this.cursor, selected: ids.slice(0, MOST_SELECTED) };
    this.telling.soon();
  }

  look(view: Rectangle): void {
    this.cursor = { ...this.cursor, view };
    this.telling.soon();
  }

  /** Somebody came who has not heard of it. Nothing to say before there is a view. */
  again(): void {
    if (this.cursor.view) this.telling.soon();
  }

  stop(): void {
    this.telling.stop();
  }
}
