import { describe, expect, it } from 'vitest';
import type { Version } from '../../../../types/history';
import { dateAndTime } from '../../../ui/numbers';
import { whenOf } from '../versionWords';

const NAMED: Version = {
  version: 7,
  kind: 'named',
  name: 'Before the review',
  named_by: null,
  named_at: '2026-03-04T10:00:00+00:00',
  authors: [],
  job_id: null,
  instructions: null,
  restores: null,
  changes: 0,
  added: 0,
  changed: 0,
  removed: 0,
  started_at: null,
  ended_at: null,
  thumbnail: '',
};

describe('when a version was', () => {
  it('is when it ended', () => {
    const ended = '2026-03-01T09:00:00+00:00';
    expect(whenOf({ ...NAMED, ended_at: ended })).toBe(dateAndTime(ended));
  });

  it('is when it got its name, if only that is left of it', () => {
    expect(whenOf(NAMED)).toBe(dateAndTime('2026-03-04T10:00:00+00:00'));
  });
});
