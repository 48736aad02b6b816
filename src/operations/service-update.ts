import { parseArgs } from 'node:util';
import { Failure } from '../swarm/failure.ts';
import { applyServiceChange } from './apply-service-change.ts';
import { parseArgsOptions } from './command-line.ts';
import { argumentWords } from './command-words.ts';
import { change } from './operation.ts';
import { realPace } from './pace.ts';
import { editOf, planUpdate, targetsOfChange } from './plan-service-change.ts';
import type { MappedForm } from './short-form.ts';
import { givesMoreThan, updateFlags, updateInput } from './update-input.ts';

/** Milliseconds in which an update has to converge, besides what its own delays and monitor times take. */
export const updatePatience = 5 * 60_000;

export const serviceUpdate = change({
  name: 'service.update',
  words: ['service', 'update'],
  shortForms: [
    mappedForm('deploy', ['SERVICE', 'IMAGE'], 'deploy web shop/web:2', ([service = '', image = '']) => [
      `--image=${image}`,
      ...argumentWords([service]),
    ]),
    mappedForm('restart', ['SERVICE'], 'restart web', ([service = '']) => [
      '--force',
      ...argumentWords([service]),
    ]),
  ],
  summary: 'Change a service, and follow it until it runs as asked for',
  arguments: 'SERVICE',
  flags: updateFlags,
  example: 'service update --image shop/web:2 web',
  input: updateInput,

  instead(line) {
    if (line.flags['rollback'] !== true) return undefined;
    if (givesMoreThan(line, 'rollback', 'detach')) {
      throw new Failure('input', 'With --rollback nothing else can be changed.', {
        example: 'service rollback web',
      });
    }
    const detach = line.flags['detach'] === true ? ['--detach'] : [];
    return ['service', 'rollback', ...detach, ...argumentWords(line.args)];
  },

  async targets(update, { engine, signal }) {
    const service = await engine.service(update.reference, { signal });
    const after = editOf(update, service)(service.Spec);
    return { kind: 'some', targets: targetsOfChange(engine.cluster, service, after) };
  },

  plan: (update, tools) => planUpdate(update, tools),

  apply: (plan, tools) =>
    applyServiceChange(plan, { ...tools, ...realPace(tools.now), patience: updatePatience }),
});

/** A short form that takes so many arguments, with the operation's flags anywhere among them. */
function mappedForm(
  word: string,
  names: readonly string[],
  example: string,
  mapped: (args: readonly string[]) => readonly string[],
): MappedForm {
  return {
    words: [word],
    arguments: names.join(' '),
    example,
    expand(typed) {
      const { args, flags } = splitFlags(typed);
      if (args.length === names.length) return [...flags, ...mapped(args)];
      if (flags.some((flag) => flag === '-h' || flag === '--help')) return flags;
      throw new Failure(
        'input',
        `${word} takes ${names.join(' and ')}, and was given ${args.length === 0 ? 'none' : args.length}.`,
        { usage: [word, '[OPTIONS]', ...names].join(' '), example },
      );
    },
  };
}

function splitFlags(typed: readonly string[]) {
  const options = parseArgsOptions(updateFlags);
  const { tokens } = parseArgs({ args: [...typed], options, strict: false, tokens: true });
  const positional = new Set(
    tokens
      .filter(({ kind }) => kind === 'positional' || kind === 'option-terminator')
      .map(({ index }) => index),
  );
  return {
    args: tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : [])),
    flags: typed.filter((_, index) => !positional.has(index)),
  };
}
