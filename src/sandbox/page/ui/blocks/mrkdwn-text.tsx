import { Moment } from './moment.tsx';
import { emoji } from './emoji.ts';
import { Link } from './link.tsx';
import { Mention } from './mention.tsx';
import { readMrkdwn, type Mark } from './mrkdwn.ts';

export function Mrkdwn({ text }: { readonly text: string }) {
  return (
    <span className="mrkdwn">
      <Marks marks={readMrkdwn(text)} />
    </span>
  );
}

function Marks({ marks }: { readonly marks: readonly Mark[] }) {
  return marks.map((mark, index) => <OneMark key={index} mark={mark} />);
}

function OneMark({ mark }: { readonly mark: Mark }) {
  switch (mark.kind) {
    case 'text':
      return mark.text;
    case 'code':
      return <code>{mark.text}</code>;
    case 'preformatted':
      return <pre tabIndex={0}>{mark.text}</pre>;
    case 'bold':
      return (
        <strong>
          <Marks marks={mark.inside} />
        </strong>
      );
    case 'italic':
      return (
        <em>
          <Marks marks={mark.inside} />
        </em>
      );
    case 'strike':
      return (
        <s>
          <Marks marks={mark.inside} />
        </s>
      );
    case 'quote':
      return (
        <blockquote>
          <Marks marks={mark.inside} />
        </blockquote>
      );
    case 'user':
    case 'channel':
    case 'group':
    case 'broadcast':
      return <Mention kind={mark.kind} id={mark.id} />;
    case 'emoji':
      return emoji(mark.id);
    case 'link':
      return <Link url={mark.url} text={mark.text} />;
    case 'date':
      return <Moment timestamp={mark.timestamp} format={mark.format} fallback={mark.fallback} />;
  }
}
