import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { chooseLanguage, language, t } from '..';
import { de } from '../de';
import { en } from '../en';

/** The same word in both languages, or a command that the offline planner reads. */
const SAME =
  /^(app\.name|canvas\.styles\.(modern|minimal)|home\.templateTexts\.org|sharing\.(links|linkFor\.owner)|jobs\.seconds)$/;

function sentences(node: object, path = ''): [string, string][] {
  return Object.entries(node).flatMap(([key, value]: [string, unknown]): [string, string][] => {
    const at = path ? `${path}.${key}` : key;
    if (typeof value === 'string') return [[at, value]];
    if (typeof value === 'function') return [[at, String(value(2, 3))]];
    return sentences(value as object, at);
  });
}

afterEach(() => chooseLanguage(null));

describe('the catalogue', () => {
  it('says everything in German that it says in English, and differently', () => {
    const german = new Map(sentences(de));
    for (const [key, english] of sentences(en)) {
      const translated = german.get(key);
      expect(translated, key).toBeTruthy();
      if (!SAME.test(key)) expect(translated, key).not.toBe(english);
    }
  });

  it('follows the choice and remembers it', async () => {
    expect(language()).toBe('en');
    await chooseLanguage('de');
    expect(t().canvas.draw).toBe('Zeichnen');
    expect(localStorage.getItem('collabcanvas.language')).toBe('de');
    await chooseLanguage(null);
    expect(t().canvas.draw).toBe('Draw');
  });

  it('keeps to the last choice, however long the words of an earlier one take', async () => {
    const german = chooseLanguage('de');
    await chooseLanguage('en');
    await german;
    expect(language()).toBe('en');
    expect(t().canvas.draw).toBe('Draw');
  });

  it('keeps the names that people and scripts find on the page', () => {
    const { app, canvas, home, jobs } = en;
    const names = [app.name, app.email, app.password, app.createAccount, app.signIn];
    expect(names).toEqual(['Name', 'Email', 'Password', 'Create account', 'Sign in']);
    expect(home.newCanvas).toBe('New canvas');
    const panel = [canvas.instructions, canvas.draw, canvas.style, canvas.colors];
    expect(panel).toEqual(['Instructions', 'Draw', 'Style', 'Colors']);
    expect([jobs.cancel, jobs.retry, jobs.undo]).toEqual(['Cancel', 'Retry', 'Undo']);
    expect([canvas.share, canvas.history, canvas.export]).toEqual(['Share', 'History', 'Export']);
  });

  it('is the only place with sentences: components and pages have none of their own', () => {
    const root = join(import.meta.dirname, '../..');
    const files = ['components', 'pages'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.tsx') && !name.includes('__tests__'))
        .map((name) => join(root, folder, name)),
    );
    expect(files.length).toBeGreaterThan(20);
    const attribute = /\b(?:label|title|placeholder|aria-label|message|text)="[A-Z][^"]*"/g;
    const content = /^\s+[A-Z][a-z]+(?: [a-z]+)+[.?]?$/gm;
    for (const file of files) {
      const own = readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      expect([...(own.match(attribute) ?? []), ...(own.match(content) ?? [])], file).toEqual([]);
    }
  });
});
