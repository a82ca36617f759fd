/** What running jobs are about to draw: dashed boxes with its labels, where there is room for it. */
import type { ExcalidrawImperativeAPI } from '@excalidraw/excalidraw/types';
import { useEffect, useMemo, useRef, useState } from 'react';
import { t } from '../../i18n';
import { arrangeGhosts, type Ghost, spotFor } from '../../sync/ghosts';
import type { JobView } from '../../types/ai';
import { describeProgress, titleOf } from '../jobWords';
import classes from './Ghosts.module.css';
import { viewportOf } from './visibility';

interface Spot {
  x: number;
  y: number;
}

interface Props {
  api: ExcalidrawImperativeAPI;
  jobs: readonly JobView[];
}

export function Ghosts({ api, jobs }: Props) {
  const running = jobs.filter((job) => job.status === 'processing' && job.preview.length > 0);
  if (running.length === 0) return null;
  return <Layer api={api} jobs={running} />;
}

/** Lies over the editor in the canvas's own coordinates, and follows its scrolling and zooming. */
function Layer({ api, jobs }: Props) {
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
          <JobGhosts key={job.id} api={api} job={job} />
        ))}
      </div>
    </div>
  );
}

function JobGhosts({ api, job }: { api: ExcalidrawImperativeAPI; job: JobView }) {
  const ghosts = useMemo(() => arrangeGhosts(job.preview), [job.preview]);
  const [spot, setSpot] = useState(() => choose(api, ghosts, null));
  const better = choose(api, ghosts, spot);
  if (better !== spot) setSpot(better);
  const drawn = job.phase === 'drawing' ? (job.drawn ?? 0) : 0;
  const more = (job.planned ?? 0) - ghosts.length;
  return (
    <div className={classes.job} style={{ left: spot.x, top: spot.y }} data-ghosts={job.id}>
      <span className={classes.count}>
        <b>{titleOf(job)}</b> {describeProgress(job)}
        {more > 0 && ` (${t().jobs.andMore(more)})`}
      </span>
      {ghosts.map(({ id, label, x, y, width, height }, position) => (
        <span
          key={id}
          className={classes.ghost}
          data-drawn={position < drawn || undefined}
          style={{ left: x, top: y, width, height }}
        >
          {label}
        </span>
      ))}
    </div>
  );
}

function choose(api: ExcalidrawImperativeAPI, ghosts: readonly Ghost[], before: Spot | null): Spot {
  return spotFor(ghosts, api.getSceneElements(), viewportOf(api.getAppState()), before);
}
