/** A few named numbers in a frame. */
import { Paper, Text } from '@mantine/core';
import classes from './Figures.module.css';

export interface Figure {
  name: string;
  value: string;
}

export function Figures({ figures }: { figures: readonly Figure[] }) {
  return (
    <Paper withBorder p="sm" component="dl" m={0} className={classes.figures}>
      {figures.map(({ name, value }) => (
        <div key={name}>
          <Text size="xs" c="dimmed" component="dt">
            {name}
          </Text>
          <Text fw={600} size="sm" component="dd" m={0}>
            {value}
          </Text>
        </div>
      ))}
    </Paper>
  );
}
