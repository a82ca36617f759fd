/** The history of a canvas over HTTP. */
import type { Answer, Body } from '../types/api';
import type { Version, VersionPage } from '../types/history';
import type { SceneElement } from '../types/protocol';
import { requestJson } from './apiClient';

const at = (id: string) => `/api/canvases/${encodeURIComponent(id)}/versions`;
const PAGE = 30;
const PAGES_LOOKED_THROUGH = 5;
const MOST = 100;

export function listVersions(
  id: string,
  { named, before }: { named: boolean; before: number | null },
): Promise<VersionPage> {
  const query = new URLSearchParams({ limit: String(PAGE) });
  if (named) query.set('named', 'true');
  if (before !== null) query.set('before', String(before));
  return requestJson<Answer<'list_versions'>>(`${at(id)}?${query}`);
}

export async function getVersionScene(id: string, version: number): Promise<SceneElement[]> {
  return (await requestJson<Answer<'version_scene'>>(`${at(id)}/${version}`)).objects;
}

/** The version that a job's drawing made; null if it is further back than anybody looks. */
export async function findJobVersion(id: string, jobId: string): Promise<Version | null> {
  let before: number | null = null;
  for (let page = 0; page < PAGES_LOOKED_THROUGH; page += 1) {
    const query: string = before === null ? '' : `&before=${before}`;
    const reply: VersionPage = await requestJson<Answer<'list_versions'>>(
      `${at(id)}?limit=${MOST}${query}`,
    );
    const found = reply.versions.find(
      (version) => version.kind === 'job' && version.job_id === jobId,
    );
    if (found) return found;
    if (reply.next_before === null) return null;
    before = reply.next_before;
  }
  return null;
}

/** Without a number, what is on the canvas now. */
export async function nameVersion(id: string, name: string, version?: number): Promise<void> {
  const body: Body<'NameIn'> = version === undefined ? { name } : { name, version };
  await requestJson(at(id), { method: 'POST', body });
}

export async function renameVersion(id: string, version: number, name: string): Promise<void> {
  await requestJson(`${at(id)}/${version}`, { method: 'PATCH', body: { name } });
}

export async function unnameVersion(id: string, version: number): Promise<void> {
  await requestJson(`${at(id)}/${version}`, { method: 'DELETE' });
}

/** Answers with the number of the version before, for going back on it. */
export async function restoreVersion(id: string, version: number): Promise<number> {
  const path = `${at(id)}/${version}/restore`;
  const made = await requestJson<Answer<'restore_version'>>(path, { method: 'POST' });
  return made.version - made.changes;
}
