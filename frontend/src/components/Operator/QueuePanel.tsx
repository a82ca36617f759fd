/** The queue and the language model: numbers now, plots over a period. */
import { Group, NativeSelect, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useQueue } from '../../hooks/useOperator';
import { language, t } from '../../i18n';
import type { ModelHealth, Period, Queue, QueueBucket } from '../../types/operator';
import { ErrorNote } from '../ui/ErrorNote';
import { count, percent, seconds } from '../ui/numbers';
import { Figures } from './Figures';
import { TimeBars, type Series } from './TimeBars';

const PERIODS: readonly Period[] = ['hour', 'day', 'week', 'month'];
const MOST_REASONS = 6;

const time = (value: number | null) => (value === null ? '-' : seconds(value));
const total = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

export function QueuePanel() {
  const words = t().operator;
  const [period, setPeriod] = useState<Period>('day');
  const { data, error, refetch } = useQueue(period);
  return (
    <section aria-labelledby="queue">
      <Group justify="space-between" align="flex-end" mb="sm">
        <Title order={2} size="h5" id="queue">
          {words.queue}
        </Title>
        <NativeSelect
          aria-label={words.period}
          size="xs"
          value={period}
          data={PERIODS.map((value) => ({ value, label: words.periods[value] }))}
          onChange={({ currentTarget: { value } }) =>
            setPeriod(PERIODS.find((known) => known === value) ?? 'day')
          }
        />
      </Group>
      {error && <ErrorNote message={error.message} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={240} radius="md" />}
      {data && (
        <Stack gap="sm">
          <Now queue={data} />
          <Plots buckets={data.buckets} period={period} />
          <Failures queue={data} period={period} />
          <Model model={data.model} />
        </Stack>
      )}
    </section>
  );
}

function Now({ queue }: { queue: Queue }) {
  const words = t().operator;
  const { now, wait_seconds: waits } = queue;
  const figures = [
    { name: words.ready, value: count(now.ready) },
    { name: words.postponed, value: count(now.postponed) },
    { name: words.running, value: count(now.running) },
    { name: words.oldest, value: now.ready ? seconds(now.oldest_queued_seconds) : '-' },
    { name: words.oldestRunning, value: now.running ? seconds(now.oldest_running_seconds) : '-' },
    { name: words.typicalWait, value: time(waits.p50) },
    { name: words.slowWait, value: time(waits.p95) },
  ];
  if (now.tickets !== null) figures.push({ name: words.tickets, value: count(now.tickets) });
  return <Figures figures={figures} />;
}

interface PlotsProps {
  buckets: readonly QueueBucket[];
  period: Period;
}

function timesOf({ buckets, period }: PlotsProps): string[] {
  const short = period === 'hour' || period === 'day';
  const options: Intl.DateTimeFormatOptions = short
    ? { hour: '2-digit', minute: '2-digit', day: 'numeric', month: 'short' }
    : { day: 'numeric', month: 'short', hour: '2-digit' };
  const format = new Intl.DateTimeFormat(language(), options);
  return buckets.map(({ at }) => format.format(new Date(at)));
}

function Plots(props: PlotsProps) {
  const { buckets } = props;
  const words = t().operator;
  const states = t().jobs.states;
  const times = timesOf(props);
  const ends: Series[] = [
    { name: states.completed, tone: 'good', values: buckets.map((one) => one.completed) },
    { name: states.failed, tone: 'bad', values: buckets.map((one) => one.failed) },
    { name: states.cancelled, tone: 'plain', values: buckets.map((one) => one.cancelled) },
  ];
  const typical = buckets.map((one) => one.wait_seconds.p50 ?? 0);
  const slow = buckets.map((one) => one.wait_seconds.p95 ?? 0);
  const beyond = slow.map((value, place) => Math.max(0, value - (typical[place] ?? 0)));
  const waits: Series[] = [
    { name: words.typical, tone: 'main', values: typical },
    { name: words.slow, tone: 'soft', values: beyond, spoken: slow },
  ];
  const tokens = buckets.map((one) => one.tokens);
  const all = buckets.map((one) => one.completed + one.failed + one.cancelled);
  return (
    <>
      <Plot title={words.ends} empty={total(all) === 0}>
        <TimeBars
          label={words.plot(words.ends, count(total(all)), count(Math.max(...all)))}
          times={times}
          series={ends}
          show={count}
        />
      </Plot>
      <Plot title={words.waits} empty={total(slow) === 0}>
        <TimeBars
          label={words.highest(words.waits, seconds(Math.max(...slow)))}
          times={times}
          series={waits}
          show={seconds}
        />
      </Plot>
      {total(tokens) > 0 && (
        <Plot title={words.tokensUsed} empty={false}>
          <TimeBars
            label={words.plot(words.tokensUsed, count(total(tokens)), count(Math.max(...tokens)))}
            times={times}
            series={[{ name: words.tokensUsed, tone: 'main', values: tokens }]}
            show={count}
            legend={false}
          />
        </Plot>
      )}
    </>
  );
}

function Failures({ queue, period }: { queue: Queue; period: Period }) {
  const words = t().operator;
  const reasons = Object.entries(queue.failures).slice(0, MOST_REASONS);
  const times = timesOf({ buckets: queue.buckets, period });
  return (
    <Plot title={words.failures} empty={reasons.length === 0} nothing={words.noFailures}>
      <Stack gap={6}>
        {reasons.map(([code, number]) => {
          const name = words.reasons[code] ?? code;
          const values = queue.buckets.map((one) => one.failures[code] ?? 0);
          return (
            <div key={code}>
              <Text size="xs">
                {name}: {count(number)}
              </Text>
              <TimeBars
                label={words.plot(name, count(number), count(Math.max(...values)))}
                times={times}
                series={[{ name, tone: 'bad', values }]}
                show={count}
                height={20}
                legend={false}
                axis={false}
              />
            </div>
          );
        })}
      </Stack>
    </Plot>
  );
}

function Model({ model }: { model: ModelHealth }) {
  const words = t().operator;
  const asked = model.circuit ? words.circuits[model.circuit] : words.perWorker;
  const figures = [
    { name: words.model, value: model.name },
    { name: words.circuit, value: model.offline ? words.notNeeded : asked },
    { name: words.errorRate, value: model.error_rate === null ? '-' : percent(model.error_rate) },
    { name: words.again, value: count(model.again) },
    { name: words.duration, value: time(model.duration_seconds.p50) },
    { name: words.tokensIn, value: count(model.input_tokens) },
    { name: words.tokensOut, value: count(model.output_tokens) },
  ];
  return (
    <div>
      <Title order={3} size="h6" mb={6}>
        {words.model}
      </Title>
      <Figures figures={figures} />
    </div>
  );
}

interface PlotProps {
  title: string;
  empty: boolean;
  nothing?: string;
  children: ReactNode;
}

function Plot({ title, empty, nothing = t().operator.noneInPeriod, children }: PlotProps) {
  return (
    <Paper withBorder p="sm">
      <Text size="xs" c="dimmed" mb={6} component="h3" fw={400}>
        {title}
      </Text>
      {empty ? <Text size="sm">{nothing}</Text> : children}
    </Paper>
  );
}
