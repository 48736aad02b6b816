import type { KnownBlock, TaskCardBlock } from '@slack/types';
import { Fragment } from 'react';
import { CardBlock, TaskCard } from './cards.tsx';
import { Element } from './element.tsx';
import { ImageBlock, Picture } from './picture.tsx';
import { InputBlock } from './input-block.tsx';
import { RichText } from './rich-text.tsx';
import { Table } from './table.tsx';
import { Text } from './text.tsx';

/** Slack's blocks: https://docs.slack.dev/reference/block-kit/blocks */
export function Blocks({ blocks }: { readonly blocks: readonly KnownBlock[] }) {
  return (
    <div className="blocks">
      {blocks.map((block, index) => (
        <Fragment key={block.block_id ?? index}>
          <Block block={block} />
        </Fragment>
      ))}
    </div>
  );
}

function Block({ block }: { readonly block: KnownBlock }) {
  const id = block.block_id ?? '';
  switch (block.type) {
    case 'header':
      return (
        <h2 className="header-block">
          <Text text={block.text} />
        </h2>
      );
    case 'section':
      return (
        <div className="section">
          <div className="section__text">
            {block.text !== undefined && <Text text={block.text} />}
            {block.fields !== undefined && (
              <div className="fields">
                {block.fields.map((field, index) => (
                  <div key={index}>
                    <Text text={field} />
                  </div>
                ))}
              </div>
            )}
          </div>
          {block.accessory !== undefined && <Element element={block.accessory} block={id} />}
        </div>
      );
    case 'context':
      return (
        <div className="context">
          {block.elements.map((element, index) =>
            element.type === 'image' ? (
              <Picture key={index} image={element} />
            ) : (
              <Text key={index} text={element} />
            ),
          )}
        </div>
      );
    case 'actions':
    case 'context_actions':
      return (
        <div className="actions">
          {block.elements.map((element, index) => (
            <Element key={element.action_id ?? index} element={element} block={id} />
          ))}
        </div>
      );
    case 'input':
      return <InputBlock block={block} />;
    case 'rich_text':
      return <RichText block={block} />;
    case 'table':
      return <Table rows={block.rows} settings={block.column_settings ?? []} />;
    case 'data_table':
      return <Table rows={block.rows} settings={[]} caption={block.caption} />;
    case 'divider':
      return <hr />;
    case 'image':
      return <ImageBlock block={block} />;
    case 'markdown':
      return <div className="markdown">{block.text}</div>;
    case 'alert':
      return (
        <div className={`alert alert--${block.level ?? 'default'}`} role="note">
          <Text text={block.text} />
        </div>
      );
    case 'card':
      return <CardBlock card={block} />;
    case 'carousel':
      return (
        <div className="carousel">
          {block.elements.map((card, index) => (
            <CardBlock key={index} card={card} />
          ))}
        </div>
      );
    case 'task_card':
      return <TaskCard task={block} />;
    case 'plan':
      return (
        <div className="plan">
          <h3>{block.title}</h3>
          {(block.tasks ?? []).filter(isTask).map((task) => (
            <TaskCard key={task.task_id} task={task} />
          ))}
        </div>
      );
    case 'container':
    case 'file':
    case 'video':
      return <p className="unknown">A {block.type} block, which isn’t drawn here.</p>;
    default:
      return <p className="unknown">A block that isn’t drawn here.</p>;
  }
}

function isTask(task: object): task is TaskCardBlock {
  return 'type' in task && task.type === 'task_card';
}
