import { goDuration } from './go-duration.ts';
import { field, type Lines, section } from './pretty-lines.ts';
import type { ServiceDetails } from './service-details.ts';

/** The part of `docker service inspect --pretty` that tells of the containers' health check. */
export function healthPretty({ ContainerSpec }: ServiceDetails): Lines {
  const check = ContainerSpec?.Healthcheck;
  if (!check) return [];
  return section('Healthcheck', [
    field('Interval', goDuration(check.Interval ?? 0), 1),
    field('Retries', check.Retries ?? 0, 1),
    field('StartPeriod', goDuration(check.StartPeriod ?? 0), 1),
    field('Timeout', goDuration(check.Timeout ?? 0), 1),
    field('Test', check.Test?.join(' '), 1),
  ]);
}
