/** Takes the files that are dropped anywhere on what it contains. */
import { useRef, useState, type DragEvent, type ReactNode } from 'react';
import classes from './DropArea.module.css';

interface Props {
  hint: string;
  onFiles: (files: File[]) => void;
  children: ReactNode;
}

const carriesFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');

export function DropArea({ hint, onFiles, children }: Props) {
  const [hovering, setHovering] = useState(false);
  /** Children fire their own enter and leave events. */
  const depth = useRef(0);
  const move = (step: number) => (event: DragEvent) => {
    if (!carriesFiles(event)) return;
    depth.current += step;
    setHovering(depth.current > 0);
  };
  return (
    <div
      className={classes.area}
      onDragEnter={move(1)}
      onDragLeave={move(-1)}
      onDragOver={(event) => carriesFiles(event) && event.preventDefault()}
      onDrop={(event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        depth.current = 0;
        setHovering(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      {children}
      {hovering && <div className={classes.hint}>{hint}</div>}
    </div>
  );
}
