import type { z } from 'zod';
import type { Engine } from '../engine/engine.ts';
import type { AuditLog } from '../store/store.ts';
import type { Target } from '../swarm/target.ts';
import type { Answer, Button } from './answer.ts';
import type { CommandLine, Flags } from './command-line.ts';
import type { ShortForm } from './short-form.ts';

/** What a request touches: things that must all be allowed, or the rows of a list, each asked for on its own. */
export type Touches =
  { readonly kind: 'some'; readonly targets: readonly Target[] } | { readonly kind: 'list' };

/** A verdict on a command line that is only asked about, for `can-i`. */
export interface Verdict {
  readonly allowed: boolean;
  readonly rule: string;
  readonly reason: string;
  /** User and user-group ids (or `everyone`) who could. */
  readonly others: readonly string[];
}

export interface ReadTools {
  readonly engine: Engine;
  readonly audit: Pick<AuditLog, 'entries'>;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** May the person who asks do this very operation to this row of a list? */
  readonly visible: (target: Target) => boolean;
  /** Could they do this operation to anything here? */
  readonly may: (operation: Operation) => boolean;
  /** What the policy says to a command line, given as words. */
  readonly decide: (words: readonly string[]) => Promise<Verdict>;
  readonly operations: readonly Operation[];
  /**
   * For a read that takes its time: shows how far it is in one message that everybody in the channel sees, edited in
   * place; the answer ends that message then, and isn't whispered. Rejects at the first call when the channel can't be told.
   */
  readonly report: (progress: Answer) => Promise<void>;
}

/** What a plan is made with: it only reads. */
export interface PlanTools extends Pick<ReadTools, 'engine' | 'signal' | 'now'> {
  /** What the configuration's `images` says to an image reference. */
  readonly image: (reference: string) => Pick<Verdict, 'allowed' | 'rule' | 'reason'>;
}

export interface ApplyTools {
  readonly engine: Engine;
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** Shows how far it is, in place of what was shown before. May be called as often as one likes. */
  readonly report: (progress: Answer) => void;
  /**
   * Is what was authorized still what is there? Called with the target as read again, before a second try: labels
   * may have moved, and with them who may touch it.
   */
  readonly stillAllowed: (target: Target) => boolean;
  /** May whoever asked read this service's log? What failed tasks wrote is shown where a failure is told. */
  readonly mayReadLogs: (target: Target) => boolean;
}

/**
 * How a change ended. `failed`: it was begun and didn't reach what was asked. `overtaken`: somebody else's change won.
 * `unknown`: the engine fell silent, so nobody can say.
 */
export interface Outcome {
  readonly kind: 'done' | 'failed' | 'rolled back' | 'overtaken' | 'unknown';
  /** One line, for the audit log. */
  readonly detail: string;
  readonly answer: Answer;
}

/** What a change is going to do, decided by reading only. */
export interface Plan {
  /** One line: `scale web from 2 to 3`. */
  readonly summary: string;
  /** Before and after, for the audit log: JSON, with values that may be secret left out. */
  readonly record: unknown;
  /** Shown before and while it is done. */
  readonly preview: Answer;
  /** A button that asks for just this; its `pin` is what the button that was pressed must bear. */
  readonly offer?: Button | undefined;
}

interface Described {
  /** The permission and the key everywhere: `service.scale`. */
  readonly name: string;
  /** The docker command: `['service', 'scale']`. */
  readonly words: readonly string[];
  /** Shipmate's short forms of it: `[['scale']]`. */
  readonly shortForms: readonly ShortForm[];
  readonly summary: string;
  /** The usage line's arguments: `SERVICE=REPLICAS [SERVICE=REPLICAS...]`. */
  readonly arguments: string;
  readonly flags: Flags;
  /** A command that works: `service scale web=3`. */
  readonly example: string;
  /** Allowed to every full member where commands work at all. */
  readonly open?: true;
  /** What follows is another command: its flags are not this one's. */
  readonly verbatim?: true;
  /**
   * Another command that a line is a way to write, as words, with that one's permission: `service update --rollback web`
   * is `service rollback web`. Undefined when the line is this operation's own. @throws Failure `input`.
   */
  readonly instead?: (line: CommandLine) => readonly string[] | undefined;
}

interface ReadDefinition<Input> extends Described {
  readonly input: z.ZodType<Input>;
  /** Milliseconds that it may take when the usual minute isn't enough. */
  deadline?(input: Input): number | undefined;
  targets(input: Input, tools: Pick<ReadTools, 'engine' | 'signal'>): Promise<Touches>;
  run(input: Input, tools: ReadTools): Promise<Answer>;
}

interface ChangeDefinition<Input, P extends Plan> extends Described {
  readonly input: z.ZodType<Input>;
  targets(input: Input, tools: Pick<ReadTools, 'engine' | 'signal'>): Promise<Touches & { kind: 'some' }>;
  /** Only reads. */
  plan(input: Input, tools: PlanTools): Promise<P>;
  /** Does exactly what the plan says, and follows it to its end. */
  apply(plan: P, tools: ApplyTools): Promise<Outcome>;
}

/** A plan that can be carried out. */
export interface Planned extends Plan {
  apply(tools: ApplyTools): Promise<Outcome>;
}

/** An operation with an input that was found right. */
export type Prepared =
  | {
      readonly kind: 'read';
      /** Milliseconds; undefined means the usual time. */
      readonly deadline?: number | undefined;
      targets(tools: Pick<ReadTools, 'engine' | 'signal'>): Promise<Touches>;
      run(tools: ReadTools): Promise<Answer>;
    }
  | {
      readonly kind: 'change';
      targets(tools: Pick<ReadTools, 'engine' | 'signal'>): Promise<Touches & { kind: 'some' }>;
      plan(tools: PlanTools): Promise<Planned>;
    };

/** A row of the table of operations. */
export interface Operation extends Described {
  readonly kind: 'read' | 'change';
  /** @returns what is wrong with the line, each as a sentence, or the operation ready to run. */
  prepare(line: CommandLine): { readonly problems: readonly string[] } | Prepared;
}

/** Defines an operation that only reads. */
export function read<Input>(definition: ReadDefinition<Input>): Operation {
  return {
    ...described(definition),
    kind: 'read',
    prepare(line) {
      const parsed = definition.input.safeParse(line);
      if (!parsed.success) return { problems: parsed.error.issues.map((issue) => issue.message) };
      return {
        kind: 'read',
        deadline: definition.deadline?.(parsed.data),
        targets: (tools) => definition.targets(parsed.data, tools),
        run: (tools) => definition.run(parsed.data, tools),
      };
    },
  };
}

/** Defines an operation that changes something. */
export function change<Input, P extends Plan>(definition: ChangeDefinition<Input, P>): Operation {
  return {
    ...described(definition),
    kind: 'change',
    prepare(line) {
      const parsed = definition.input.safeParse(line);
      if (!parsed.success) return { problems: parsed.error.issues.map((issue) => issue.message) };
      return {
        kind: 'change',
        targets: (tools) => definition.targets(parsed.data, tools),
        plan: async (tools) => {
          const plan = await definition.plan(parsed.data, tools);
          return { ...plan, apply: (applyTools: ApplyTools) => definition.apply(plan, applyTools) };
        },
      };
    },
  };
}

function described(definition: Described): Described {
  const { name, words, shortForms, summary, arguments: args, flags, example } = definition;
  const { open, verbatim, instead } = definition;
  return {
    name,
    words,
    shortForms,
    summary,
    arguments: args,
    flags,
    example,
    ...(open ? { open } : {}),
    ...(verbatim ? { verbatim } : {}),
    ...(instead ? { instead } : {}),
  };
}
