/**
 * The members of a cluster that came on one day, as the counts name them: `3 7b` is who of class 7b came on the fourth day.
 *
 * The name comes last, because it may hold anything. Without a name it is no cluster: the row tells of how many days a
 * partition has scored everybody.
 */

export interface ClusterDay {
  /** Whole days from the experiment's start to the member's first exposure. */
  readonly day: number;
  readonly cluster: string;
}

const pattern = /^(\d{1,6}) (.*)$/s;

/** @example clusterDayText({ day: 3, cluster: '7b' }); // '3 7b' */
export function clusterDayText({ day, cluster }: ClusterDay): string {
  return `${day} ${cluster}`;
}

/** @returns undefined for what is no such text */
export function readClusterDay(text: string): ClusterDay | undefined {
  const [, day, cluster] = pattern.exec(text) ?? [];
  return day === undefined || cluster === undefined ? undefined : { day: Number(day), cluster };
}
