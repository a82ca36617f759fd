/** Versions of a canvas as the API describes them. */
import type { Answer, Body } from './api';

export type Version = Body<'Version'>;
export type VersionPage = Pick<Answer<'list_versions'>, 'versions' | 'next_before'>;
