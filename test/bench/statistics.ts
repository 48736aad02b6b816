/** The middle value; the mean of the two middle ones for an even number of them. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Linear between the two nearest values. @param at from 0 to 1 */
export function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * at;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  const share = position - Math.floor(position);
  // What never came is infinite, and so is all that lies towards it.
  return share === 0 || below === above ? below : below + (above - below) * share;
}

export interface Paired {
  /** Milliseconds, medians. */
  readonly ours: number;
  readonly theirs: number;
  /** The median of the ratios pair by pair: it holds when the machine's speed drifts. */
  readonly ratio: number;
  readonly pairs: number;
}

/** Runs the two in turn, once to warm up and then `pairs` times. Each gives the milliseconds it took. */
export async function paired(
  pairs: number,
  ours: (round: number) => Promise<number>,
  theirs: (round: number) => Promise<number>,
): Promise<Paired> {
  const samples: { readonly ours: number; readonly theirs: number }[] = [];
  for (let round = 0; round <= pairs; round += 1) {
    const sample = { ours: await ours(round), theirs: await theirs(round) };
    if (round > 0) samples.push(sample);
  }
  return {
    ours: median(samples.map((sample) => sample.ours)),
    theirs: median(samples.map((sample) => sample.theirs)),
    ratio: median(samples.map((sample) => sample.ours / sample.theirs)),
    pairs,
  };
}
