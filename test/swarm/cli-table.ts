/** Cells of rows, the header not among them. */
export type Rows = readonly (readonly string[])[];

/** Reads a table as the docker CLI prints it: columns begin where their headings do, with three spaces before them. */
export function cliTable(output: string): Rows {
  const [header = '', ...lines] = output.split('\n');
  const starts = [...header.matchAll(/(?<=^| {3})\S/g)].map(({ index }) => index);
  return lines.map((line) => starts.map((start, at) => line.slice(start, starts[at + 1]).trimEnd()));
}
