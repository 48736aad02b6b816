/** A coloured square with an initial: the same for the same id. */
export function Avatar({ id, name }: { readonly id: string; readonly name: string }) {
  const hue = Array.from(id, (letter) => letter.charCodeAt(0)).reduce(
    (sum, code) => (sum * 31 + code) % 360,
    7,
  );
  return (
    <span className="avatar" style={{ backgroundColor: `hsl(${hue} 45% 38%)` }} aria-hidden>
      {name.slice(0, 1).toUpperCase()}
    </span>
  );
}
