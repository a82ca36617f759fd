import { complaints } from '../complaints';

test('what is written to the console as an error or a warning is heard', () => {
  Reflect.apply(Reflect.get(console, 'error') as () => void, console, ['%s is wrong', 'this']);
  Reflect.apply(Reflect.get(console, 'warn') as () => void, console, ['so is that']);
  expect(complaints.splice(0)).toEqual(['error: this is wrong', 'warn: so is that']);
});
