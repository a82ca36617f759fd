/** What the HTTP API takes and answers: names for types that its OpenAPI document describes. */
import type { components, operations } from './openapi';

type Schemas = components['schemas'];

/** What a route takes, by the name of its model: `Body<'LoginIn'>`. */
export type Body<Name extends keyof Schemas> = Schemas[Name];

type Json<Reply> = Reply extends { content: { 'application/json': infer Value } } ? Value : never;
type Done<Replies> = { [Status in keyof Replies & (200 | 201 | 202)]: Json<Replies[Status]> };

/** What a route answers when all is well, by its operation's name: `Answer<'get_canvas'>`. */
export type Answer<Name extends keyof operations> =
  Done<operations[Name]['responses']> extends infer Replies ? Replies[keyof Replies] : never;

export type Role = Schemas['Role'];
export type User = Schemas['User'];
export type Person = Schemas['Person'];
export type AppConfig = Schemas['AppConfig'];

/** One sign-in of an account; `name` is the browser's or program's own description. */
export type SignIn = Schemas['SignIn'];
export type ApiToken = SignIn;

export type Canvas = Schemas['Canvas'];
export type CanvasPage = Pick<Answer<'list_canvases'>, 'canvases' | 'next_cursor'>;
export type ImportReply = Answer<'import_document'>;
export type ExportFormat = NonNullable<
  NonNullable<operations['export_canvas']['parameters']['query']>['format']
>;

export type Member = Schemas['Member'];
export type Invitation = Schemas['Invitation'];
export type ShareLink = Schemas['ShareLink'];
export type NewShareLink = Schemas['NewShareLink'];
export type ShareResult = Answer<'share_canvas'>;

/** Where a link or an invitation led. */
export type Entry = Schemas['Entry'];

/** Of an answer that may also come from something between the server and the page. */
export type ErrorBody = Partial<Schemas['Error']>;

/** What a review found at one place. */
export type ReviewFinding = Body<'FoundFault'>;
export type ReviewRule = ReviewFinding['rule'];
