/** What running jobs are about to draw, where it will be: dashed boxes with its labels, and lines. */
import type { ExcalidrawImperativeAPI } from '@excalidraw/excalidraw/types';
import { useEffect, useRef } from 'react';
import { boundsOf, contains } from '../../sync/rectangles';
import type { JobPreview, JobView } from '../../types/ai';
import { describeProgress, titleOf } from '../jobWords';
import classes from './Ghosts.module.css';

type JobToCome = JobView & { preview: JobPreview };

const isToCome = (job: JobView): job is JobToCome =>
  job.status === 'processing' && job.preview !== null && job.preview.boxes.length > 0;

interface Props {
  api: ExcalidrawImperativeAPI;
  jobs: readonly JobView[];
}

export function Ghosts({ api, jobs }: Props) {
  const running = jobs.filter(isToCome);
  if (running.length === 0) return null;
  return <Layer api={api} jobs={running} />;
}

/** Lies over the editor in the canvas's own coordinates, and follows its scrolling and zooming. */
function Layer({ api, jobs }: { api: ExcalidrawImperativeAPI; jobs: readonly JobToCome[] }) {
  const layer = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const follow = () => {
      const { scrollX, scrollY, zoom } = api.getAppState();
      layer.current?.style.setProperty('--zoom', String(zoom.value));
      layer.current?.style.setProperty(
        'transform',
        `scale(${zoom.value}) translate(${scrollX}px, ${scrollY}px)`,
      );
    };
    follow();
    return api.onScrollChange(follow);
  }, [api]);
  return (
    <div className={classes.clip} aria-hidden>
      <div ref={layer} className={classes.layer}>
        {jobs.map((job) => (
          <JobGhosts key={job.id} job={job} />
        ))}
      </div>
    </div>
  );
}

function JobGhosts({ job }: { job: JobToCome }) {
  const { boxes, lines } = job.preview;
  const bounds = boundsOf(boxes);
  const drawn = job.phase === 'drawing' ? (job.drawn ?? 0) : 0;
  return (
    <div data-ghosts={job.id}>
      <svg className={classes.lines}>
        {lines.map((points) => (
          <polyline key={points.join()} points={points.join(' ')} />
        ))}
      </svg>
      <span className={classes.count} style={{ left: bounds?.x, top: bounds?.y }}>
        <b>{titleOf(job)}</b> {describeProgress(job)}
      </span>
      {withKeys(boxes).map(([key, box], position) => (
        <span
          key={key}
          className={classes.ghost}
          data-drawn={position < drawn || undefined}
          data-holds={boxes.some((other) => other !== box && contains(box, other)) || undefined}
          style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
        >
          {box.label}
        </span>
      ))}
    </div>
  );
}

/** A box that moves as the plan grows is known by its label; several may have the same. */
function withKeys(boxes: JobPreview['boxes']): [string, JobPreview['boxes'][number]][] {
  const seen = new Map<string, number>();
  return boxes.map((box) => {
    const count = (seen.get(box.label) ?? 0) + 1;
    seen.set(box.label, count);
    return [`${count} ${box.label}`, box];
  });
}
