/** Statistics of jobs: four numbers, how they ended, and how many there were a day. */
import { Group, Paper, SimpleGrid, Text, Title } from '@mantine/core';
import { useJobStatistics } from '../../hooks/useJobs';
import { language, t } from '../../i18n';
import type { JobStatistics, JobStatus } from '../../types/ai';
import { Axis } from '../ui/Axis';
import { percent, seconds } from '../ui/numbers';
import classes from './JobPlots.module.css';
import { perDay } from './perDay';

const ENDS: readonly JobStatus[] = ['completed', 'failed', 'cancelled', 'processing', 'queued'];
const DAYS = 14;
const PLOT = { width: 280, height: 64, gap: 4 };

const time = (value: number | null) => (value === null ? '-' : seconds(value));

export function JobPlots() {
  const { data, dataUpdatedAt } = useJobStatistics();
  if (!data || data.statistics.total_jobs === 0) return null;
  return (
    <section aria-labelledby="job-statistics">
      <Title order={2} size="h5" id="job-statistics" mb="sm">
        {t().jobs.statistics}
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 1 }} spacing="sm">
        <Numbers statistics={data.statistics} />
        <Ends statistics={data.statistics} />
        <Days created={data.created} now={dataUpdatedAt} />
      </SimpleGrid>
    </section>
  );
}

function Numbers({ statistics }: { statistics: JobStatistics }) {
  const words = t().jobs;
  const { wait_seconds: waits, duration_seconds: durations } = statistics;
  const numbers = [
    { name: words.total, value: String(statistics.total_jobs), note: '' },
    { name: words.successRate, value: percent(statistics.success_rate), note: '' },
    {
      name: words.medianWait,
      value: time(waits.p50),
      note: waits.p95 === null ? '' : words.slow(seconds(waits.p95)),
    },
    {
      name: words.medianDuration,
      value: time(durations.p50),
      note: durations.p95 === null ? '' : words.slow(seconds(durations.p95)),
    },
  ];
  return (
    <Paper withBorder p="sm" component="dl" m={0} className={classes.numbers}>
      {numbers.map(({ name, value, note }) => (
        <div key={name}>
          <Text size="xs" c="dimmed" component="dt">
            {name}
          </Text>
          <Text fw={600} component="dd" m={0} title={note || undefined}>
            {value}
          </Text>
        </div>
      ))}
    </Paper>
  );
}

function Ends({ statistics }: { statistics: JobStatistics }) {
  const words = t().jobs;
  const counts = ENDS.map((status) => ({ status, count: statistics[`${status}_jobs`] }));
  const shown = counts.filter(({ count }) => count > 0);
  return (
    <Paper withBorder p="sm">
      <Text size="xs" c="dimmed" mb={6} component="h3" fw={400}>
        {words.byState}
      </Text>
      <div className={classes.bar} aria-hidden>
        {shown.map(({ status, count }) => (
          <span key={status} data-status={status} style={{ flexGrow: count }} />
        ))}
      </div>
      <Group gap="sm" mt={8} component="ul" p={0} m={0} className={classes.legend}>
        {shown.map(({ status, count }) => (
          <li key={status}>
            <span className={classes.dot} data-status={status} aria-hidden />
            <Text size="xs" component="span">
              {words.states[status]} {count}
            </Text>
          </li>
        ))}
      </Group>
    </Paper>
  );
}

function Days({ created, now }: { created: readonly string[]; now: number }) {
  const words = t().jobs;
  const days = perDay(created, DAYS, new Date(now));
  const most = Math.max(1, ...days.map((each) => each.count));
  const format = new Intl.DateTimeFormat(language(), { day: 'numeric', month: 'short' });
  const step = PLOT.width / DAYS;
  return (
    <Paper withBorder p="sm">
      <Text size="xs" c="dimmed" mb={6} component="h3" fw={400}>
        {words.byDay}
      </Text>
      <svg
        viewBox={`0 0 ${PLOT.width} ${PLOT.height}`}
        className={classes.days}
        role="img"
        aria-label={`${words.dayPlot(created.length)}. ${days
          .filter((each) => each.count > 0)
          .map((each) => words.perDay(format.format(each.day), each.count))
          .join(', ')}`}
      >
        {days.map(({ day, count: jobs }, position) => {
          const height = jobs === 0 ? 2 : Math.max(5, (jobs / most) * PLOT.height);
          return (
            <rect
              key={day.toISOString()}
              x={position * step + PLOT.gap / 2}
              y={PLOT.height - height}
              width={step - PLOT.gap}
              height={height}
              rx={2}
              data-empty={jobs === 0 || undefined}
            >
              <title>{words.perDay(format.format(day), jobs)}</title>
            </rect>
          );
        })}
      </svg>
      <Axis first={format.format(days[0]?.day)} last={format.format(now)} most={String(most)} />
    </Paper>
  );
}
