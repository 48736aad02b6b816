import type { CardBlock as Card, TaskCardBlock } from '@slack/types';
import { Element } from './element.tsx';
import { Picture } from './picture.tsx';
import { RichText } from './rich-text.tsx';
import { Text } from './text.tsx';

export function CardBlock({ card }: { readonly card: Card }) {
  const { hero_image: hero, icon, title, subtitle, body, actions = [] } = card;
  return (
    <div className="card">
      {hero !== undefined && <Picture image={hero} />}
      <div className="card__head">
        {icon !== undefined && <Picture image={icon} />}
        {title !== undefined && (
          <strong>
            <Text text={title} />
          </strong>
        )}
        {subtitle !== undefined && <Text text={subtitle} />}
      </div>
      {body !== undefined && <Text text={body} />}
      {actions.length > 0 && (
        <div className="actions">
          {actions.map((button, index) => (
            <Element key={index} element={button} block={card.block_id ?? ''} />
          ))}
        </div>
      )}
    </div>
  );
}

const signs = { pending: '○', in_progress: '◐', complete: '✓', error: '✗' } as const;

export function TaskCard({ task }: { readonly task: TaskCardBlock }) {
  return (
    <details className="task">
      <summary>
        <span role="img" aria-label={task.status.replace('_', ' ')}>
          {signs[task.status]}
        </span>{' '}
        {task.title}
      </summary>
      {task.details !== undefined && <RichText block={task.details} />}
      {task.output !== undefined && <RichText block={task.output} />}
    </details>
  );
}
