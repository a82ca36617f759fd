/** How many of these times fall on each of the last days, oldest first, in the person's own time. */
export interface DayCount {
  day: Date;
  count: number;
}

export function perDay(times: readonly string[], days: number, now: Date): DayCount[] {
  const counts = Array.from({ length: days }, (_, position) => ({
    day: new Date(now.getFullYear(), now.getMonth(), now.getDate() - (days - 1 - position)),
    count: 0,
  }));
  for (const time of times) {
    const of = new Date(time);
    const day = new Date(of.getFullYear(), of.getMonth(), of.getDate()).getTime();
    const found = counts.find((candidate) => candidate.day.getTime() === day);
    if (found) found.count += 1;
  }
  return counts;
}
