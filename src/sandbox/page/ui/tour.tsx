import type { Exchange, Step } from '../protocol.ts';
import { useHere } from './workspace-context.ts';

/** The guided first steps: each is ticked off once it was done. */
export function Tour() {
  const { world, composer } = useHere();
  const isDone = world.tour.map((step) => world.exchanges.some((exchange) => fits(step, exchange)));
  const next = isDone.indexOf(false);
  return (
    <div className="panel__body">
      <ol className="tour">
        {world.tour.map((step, index) => (
          <li
            key={step.title}
            className={isDone[index] === true ? 'step step--done' : 'step'}
            aria-current={index === next ? 'step' : undefined}
          >
            <span className="step__tick" role="img" aria-label={isDone[index] === true ? 'Done' : 'To do'}>
              {isDone[index] === true ? '✓' : index + 1}
            </span>
            <div>
              <h3>{step.title}</h3>
              <p>{step.text}</p>
              <button
                type="button"
                className="step__command"
                title="Put it where you type"
                onClick={() => composer.current?.(step.command)}
              >
                <code>{step.command}</code>
              </button>
            </div>
          </li>
        ))}
      </ol>
      {next === -1 && <p role="status">That’s all. Now break it your own way.</p>}
    </div>
  );
}

function fits({ done }: Step, { from, name, isWell }: Exchange): boolean {
  if (from !== 'workspace' || !isWell) return false;
  return new RegExp(done, 'i').test(name.replace(/^(slash_command|block_actions) /, ''));
}
