/** A link to the web or to a mail address; any other is only shown. */
export function Link({ url, text }: { readonly url: string; readonly text: string }) {
  if (!/^(?:https?|mailto):/i.test(url)) return text;
  return (
    <a href={url} target="_blank" rel="noreferrer noopener">
      {text}
    </a>
  );
}
