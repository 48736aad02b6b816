import type { RichTextBlock, RichTextBlockElement, RichTextElement } from '@slack/types';
import type { ReactNode } from 'react';
import { emoji } from './emoji.ts';
import { Link } from './link.tsx';
import { Mention } from './mention.tsx';
import { Moment } from './moment.tsx';

/** https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
export function RichText({ block }: { readonly block: RichTextBlock }) {
  return (
    <div className="rich-text">
      {block.elements.map((element, index) => (
        <Part key={index} element={element} />
      ))}
    </div>
  );
}

function Part({ element }: { readonly element: RichTextBlockElement }) {
  switch (element.type) {
    case 'rich_text_section':
      return (
        <div className="rich-text__section">
          <Inlines elements={element.elements} />
        </div>
      );
    case 'rich_text_preformatted':
      return (
        <pre tabIndex={0}>
          <Inlines elements={element.elements} />
        </pre>
      );
    case 'rich_text_quote':
      return (
        <blockquote>
          <Inlines elements={element.elements} />
        </blockquote>
      );
    case 'rich_text_list': {
      const List = element.style === 'ordered' ? 'ol' : 'ul';
      return (
        <List style={{ marginLeft: `${(element.indent ?? 0) * 1.5}em` }}>
          {element.elements.map((section, index) => (
            <li key={index}>
              <Inlines elements={section.elements} />
            </li>
          ))}
        </List>
      );
    }
  }
}

function Inlines({ elements }: { readonly elements: readonly RichTextElement[] }) {
  return elements.map((element, index) => (
    <Styled key={index} style={element.style ?? {}}>
      <Inline element={element} />
    </Styled>
  ));
}

interface StyledParts {
  readonly style: NonNullable<RichTextElement['style']>;
  readonly children: ReactNode;
}

function Styled({ style, children }: StyledParts) {
  let styled = children;
  if (style.code === true) styled = <code>{styled}</code>;
  if (style.bold === true) styled = <strong>{styled}</strong>;
  if (style.italic === true) styled = <em>{styled}</em>;
  if (style.strike === true) styled = <s>{styled}</s>;
  return styled;
}

function Inline({ element }: { readonly element: RichTextElement }) {
  switch (element.type) {
    case 'text':
      return element.text;
    case 'link':
      return <Link url={element.url} text={element.text ?? element.url} />;
    case 'user':
      return <Mention kind="user" id={element.user_id} />;
    case 'usergroup':
      return <Mention kind="group" id={element.usergroup_id} />;
    case 'channel':
      return <Mention kind="channel" id={element.channel_id} />;
    case 'broadcast':
      return <Mention kind="broadcast" id={element.range} />;
    case 'emoji':
      return emoji(element.name, element.unicode);
    case 'date':
      return (
        <Moment timestamp={element.timestamp} format={element.format} fallback={element.fallback ?? ''} />
      );
    case 'color':
      return (
        <>
          <span className="swatch" style={{ backgroundColor: element.value }} /> {element.value}
        </>
      );
    case 'team':
      return element.team_id;
  }
}
