import { type Fields, fieldsIn, isFields, ordered, parseExactJson } from '../exact-json.ts';
import { specificationOf } from '../specification.ts';

const second = 1e9;
const updateDefaults = {
  Parallelism: 1,
  FailureAction: 'pause',
  Monitor: 5 * second,
  MaxFailureRatio: 0,
  Order: 'stop-first',
};

/** A spec with what the managers take when it says nothing: `insertDefaults=true`. @param text of the spec */
export function withDefaults(text: string): string {
  const spec = fieldsIn(parseExactJson(text));
  const task = fieldsIn(spec['TaskTemplate']);
  const container = fieldsIn(task['ContainerSpec']);
  const dns = { DNSConfig: {}, ...container };
  const update = (value: unknown): Fields => (isFields(value) ? value : updateDefaults);
  const full = {
    ...spec,
    TaskTemplate: {
      Placement: {},
      ...task,
      ContainerSpec: { StopGracePeriod: 10 * second, ...dns },
      Resources: isFields(task['Resources']) ? task['Resources'] : { Limits: {}, Reservations: {} },
      RestartPolicy: ordered({ Delay: 5 * second, ...fieldsIn(task['RestartPolicy']) }, [
        'Condition',
        'Delay',
      ]),
    },
    UpdateConfig: update(spec['UpdateConfig']),
    RollbackConfig: update(spec['RollbackConfig']),
    EndpointSpec: isFields(spec['EndpointSpec']) ? spec['EndpointSpec'] : { Mode: 'vip' },
  };
  return specificationOf(full).text;
}
