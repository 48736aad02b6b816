import type { ImageBlock as Image, ImageElement } from '@slack/types';

export function Picture({ image }: { readonly image: ImageElement | Image }) {
  // A file of the workspace is text here; its alternative text stands for it.
  return 'image_url' in image ? (
    <img className="picture" src={image.image_url} alt={image.alt_text} referrerPolicy="no-referrer" />
  ) : (
    <span className="unknown">{image.alt_text}</span>
  );
}

export function ImageBlock({ block }: { readonly block: Image }) {
  return (
    <figure className="image-block">
      {block.title !== undefined && <figcaption>{block.title.text}</figcaption>}
      <Picture image={block} />
    </figure>
  );
}
