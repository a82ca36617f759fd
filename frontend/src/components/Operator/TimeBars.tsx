/** Stacked bars over time, with what they mean in words. */
import { Group, Text } from '@mantine/core';
import { t } from '../../i18n';
import { Axis } from '../ui/Axis';
import classes from './TimeBars.module.css';

export type Tone = 'good' | 'bad' | 'main' | 'soft' | 'plain';

export interface Series {
  name: string;
  tone: Tone;
  values: readonly number[];
  /** What a screen reader hears instead of the height, where the two differ. */
  spoken?: readonly number[];
}

interface Props {
  /** What is counted, for those who do not see the bars. */
  label: string;
  times: readonly string[];
  /** From the bottom upwards. */
  series: readonly Series[];
  show: (value: number) => string;
  height?: number;
  legend?: boolean;
  axis?: boolean;
}

const WIDTH = 320;
const SMALLEST = 3;

export function TimeBars({ label, times, series, show, height = 56, ...rest }: Props) {
  const { legend = true, axis = true } = rest;
  const totals = times.map((_, place) => sum(series.map(({ values }) => values[place] ?? 0)));
  const most = Math.max(...totals, Number.EPSILON);
  const step = WIDTH / times.length;
  return (
    <>
      <svg
        viewBox={`0 0 ${WIDTH} ${height}`}
        className={classes.plot}
        role="img"
        aria-label={label}
        preserveAspectRatio="none"
        height={height}
      >
        {times.map((time, place) => {
          const x = place * step + step * 0.1;
          return (
            // By its place: when the clocks go back, two hours have one name.
            <g key={x} transform={`translate(${x} 0)`}>
              <title>{t().operator.point(time, describe(series, place, show))}</title>
              <Bar series={series} place={place} most={most} width={step * 0.8} height={height} />
            </g>
          );
        })}
      </svg>
      {axis && <Axis first={times[0] ?? ''} last={times.at(-1) ?? ''} most={show(most)} />}
      {legend && (
        <Group gap="sm" mt={6} component="ul" p={0} m={0} className={classes.legend}>
          {series.map(({ name, tone }) => (
            <li key={name}>
              <span className={classes.dot} data-tone={tone} aria-hidden />
              <Text size="xs" component="span">
                {name}
              </Text>
            </li>
          ))}
        </Group>
      )}
    </>
  );
}

interface BarProps {
  series: readonly Series[];
  place: number;
  most: number;
  width: number;
  height: number;
}

function Bar({ series, place, most, width, height }: BarProps) {
  const parts = series
    .filter(({ values }) => (values[place] ?? 0) > 0)
    .map(({ name, tone, values }) => {
      const size = Math.max(SMALLEST, ((values[place] ?? 0) / most) * height);
      return { name, tone, size };
    });
  if (parts.length === 0) return <rect y={height - 2} width={width} height={2} data-empty />;
  return parts.map(({ name, tone, size }, position) => {
    const below = sum(parts.slice(0, position).map((part) => part.size));
    const y = Math.max(0, height - below - size);
    return <rect key={name} y={y} width={width} height={size} data-tone={tone} />;
  });
}

function describe(series: readonly Series[], place: number, show: (value: number) => string) {
  return series
    .map(({ name, values, spoken = values }) => `${name} ${show(spoken[place] ?? 0)}`)
    .join(', ');
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
