/** Takes the files that are dropped anywhere on the page, also beside what it contains. */
import { useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import classes from './DropArea.module.css';

interface Props {
  hint: string;
  onFiles: (files: File[]) => void;
  children: ReactNode;
}

const filesOf = ({ dataTransfer }: DragEvent) =>
  dataTransfer?.types.includes('Files') ? dataTransfer.files : null;

export function DropArea({ hint, onFiles, children }: Props) {
  const [hovering, setHovering] = useState(false);
  const take = useEffectEvent(onFiles);
  useEffect(() => {
    /** What the page contains fires its own enter and leave events. */
    let depth = 0;
    const go = (to: number) => {
      depth = to;
      setHovering(depth > 0);
    };
    const onEnter = (event: DragEvent) => filesOf(event) && go(depth + 1);
    const onLeave = (event: DragEvent) => filesOf(event) && go(depth - 1);
    const onOver = (event: DragEvent) => filesOf(event) && event.preventDefault();
    const onDrop = (event: DragEvent) => {
      const files = filesOf(event);
      if (!files) return;
      event.preventDefault();
      go(0);
      take([...files]);
    };
    const stop = new AbortController();
    const { signal } = stop;
    addEventListener('dragenter', onEnter, { signal });
    addEventListener('dragleave', onLeave, { signal });
    addEventListener('dragover', onOver, { signal });
    addEventListener('drop', onDrop, { signal });
    return () => stop.abort();
  }, []);
  return (
    <div className={classes.area}>
      {children}
      {hovering && <div className={classes.hint}>{hint}</div>}
    </div>
  );
}
