/** Bodies of the HTTP API other than jobs; what is sent is taken from its OpenAPI document. */
import type { components } from './openapi';

/** What a route takes, by the name of its model: `Body<'LoginIn'>`. */
export type Body<Name extends keyof components['schemas']> = components['schemas'][Name];

export type Role = 'owner' | 'editor' | 'viewer';

export interface User {
  id: string;
  email: string;
  name: string;
  is_operator: boolean;
  created_at: string;
}

export interface AppConfig {
  user: User | null;
  registration: 'open' | 'invite' | 'closed';
  /** The provider of sign-ins, if one is set. */
  oidc: { name: string } | null;
  planner: { name: string; offline: boolean };
  styles: string[];
  color_schemes: string[];
  limits: { instructions: number; file_bytes: number };
}

/** One sign-in of an account; `name` is the browser's or program's own description. */
export interface SignIn {
  id: string;
  kind: 'browser' | 'login' | 'token';
  name: string;
  current: boolean;
  created_at: string;
  seen_at: string;
  expires_at: string;
}

export type ApiToken = SignIn;

export interface Canvas {
  id: string;
  title: string;
  role: Role;
  owner: { id: string; name: string };
  object_count: number;
  created_at: string;
  updated_at: string;
}

export interface CanvasPage {
  canvases: Canvas[];
  next_cursor: string | null;
}

export interface Member {
  user_id: string;
  name: string;
  email: string;
  role: Role;
}

export interface InvitationInfo {
  id: string;
  email: string;
  role: Role;
  url?: string;
}

/** A way in for whoever has its address, which is told once. */
export interface ShareLink {
  id: string;
  role: Role;
  created_at: string;
  expires_at: string;
  url?: string;
}

/** Where a link or an invitation led. */
export interface Entry {
  canvas_id: string;
  role: Role;
}

export interface ShareResult {
  member?: Member;
  invitation?: InvitationInfo;
}

export interface ErrorBody {
  error?: string;
  code?: string;
  error_id?: string;
  fields?: Record<string, string>;
}

export type ExportFormat = 'excalidraw' | 'svg' | 'png' | 'mermaid';
