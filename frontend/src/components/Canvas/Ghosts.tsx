/** What running jobs are about to draw: labels as faint shapes over the canvas, not yet placed. */
import type { JobView } from '../../types/ai';
import classes from './Ghosts.module.css';

const MOST = 24;

export function Ghosts({ jobs }: { jobs: readonly JobView[] }) {
  const labels = jobs
    .filter((job) => job.status === 'processing')
    .flatMap((job) =>
      job.preview.map((label, position) => ({ key: `${job.id}-${position}`, label })),
    );
  if (labels.length === 0) return null;
  const more = labels.length - MOST;
  return (
    <div className={classes.layer} aria-hidden>
      {labels.slice(0, MOST).map(({ key, label }) => (
        <span key={key} className={classes.ghost}>
          {label}
        </span>
      ))}
      {more > 0 && <span className={classes.ghost}>and {more} more</span>}
    </div>
  );
}
