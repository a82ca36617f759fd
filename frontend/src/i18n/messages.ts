/** The shape that every language's catalogue has: English is written first, the others must match. */
import type { en } from './en';

type Widened<T> = T extends string
  ? string
  : T extends (...values: infer Values) => string
    ? (...values: Values) => string
    : { readonly [Key in keyof T]: Widened<T[Key]> };

export type Messages = Widened<typeof en>;
