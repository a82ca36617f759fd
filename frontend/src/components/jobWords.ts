/** A job in words: what it is called, where it stands, why it failed, what it took. */
import { language, t } from '../i18n';
import type { Effect, JobView } from '../types/ai';
import { count, seconds } from './ui/numbers';

const SPOKEN = 80;

export function titleOf(job: JobView): string {
  return job.instructions ?? t().jobs.jobOf(job.requestedBy?.name || t().app.someone);
}

/** One line that says where a job stands, counted where there is something to count. */
export function describeProgress(job: JobView): string {
  const words = t().jobs;
  const { planned } = job;
  switch (job.phase) {
    case 'queued':
      return job.queuePosition ? words.inQueue(job.queuePosition) : words.waiting;
    case 'planning':
      return planned ? words.planned(planned) : words.planning;
    case 'layout':
      return planned ? words.arrangingSome(planned) : words.arranging;
    case 'drawing':
      return planned ? words.drawnOf(job.drawn ?? 0, planned) : words.drawing;
    case 'completed':
      if (job.undone) return words.undone;
      if (job.effects?.length) return effectsInWords(job.effects);
      return job.version && !job.drawn ? words.didNothing : words.done;
    case 'cancelled':
      return words.cancelled;
    case 'failed':
      return words.failed;
    default: // of a kind that the page has no words for: the server has
      return job.message ?? words.planning;
  }
}

/** Such as "Drew 6 boxes and 7 arrows, moved 1 box." */
export function effectsInWords(effects: readonly Effect[]): string {
  const words = t().jobs.effects;
  const things: Record<string, (count: number) => string> = words.things;
  const actions: Record<string, (things: string) => string> = words.actions;
  const byAction = new Map<string, string[]>();
  for (const { action, thing, count: many } of effects) {
    const said = (things[thing] ?? words.things.other)(many);
    byAction.set(action, [...(byAction.get(action) ?? []), said]);
  }
  const parts = [...byAction].map(([action, said]) => {
    const last = said.at(-1) ?? '';
    const all = said.length < 2 ? last : `${said.slice(0, -1).join(', ')} ${words.and} ${last}`;
    return (actions[action] ?? words.actions.change)(all);
  });
  const sentence = parts.join(', ');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

/** A whole page of instructions would be read aloud to its end. */
export function shortened(instructions: string): string {
  return instructions.length > SPOKEN ? `${instructions.slice(0, SPOKEN)} ...` : instructions;
}

/** For screen readers: each phase once, without the numbers that run through it. */
export function announce(job: JobView): string {
  const words = t().jobs;
  const plain: Partial<Record<JobView['phase'], string>> = {
    planning: words.planning,
    layout: words.arranging,
    drawing: words.drawing,
    failed: `${words.failed}. ${reasonOf(job)}`,
  };
  return `${shortened(titleOf(job))}: ${plain[job.phase] ?? describeProgress(job)}`;
}

/** The server's sentence is the most precise one; other languages know the common reasons. What
 * is wrong with an instruction is said in the language of the instruction. */
export function reasonOf(job: JobView): string {
  const words = t().jobs;
  if (job.refusal) return job.refusal.sentence;
  return words.reasons[job.errorCode ?? ''] ?? job.error ?? job.message ?? words.failedNoReason;
}

/** The language of what the server says itself, where the page speaks another one. */
export function languageOfServer(): { lang?: string } {
  return language() === 'en' ? {} : { lang: 'en' };
}

/** The language of the reason, where that is not the page's. */
export function languageOfReason(job: JobView): { lang?: string } {
  if (job.refusal) return job.refusal.language === language() ? {} : { lang: job.refusal.language };
  return job.error === null || t().jobs.reasons[job.errorCode ?? ''] ? {} : languageOfServer();
}

/** Time and tokens, as far as they are known. */
export function costOf(job: JobView): string[] {
  const words = t().jobs;
  const costs = [];
  if (job.seconds !== null) costs.push(seconds(job.seconds));
  if (job.tokens > 0) costs.push(words.tokens(count(job.tokens)));
  return costs;
}
