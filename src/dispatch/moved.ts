import type { Button } from '../operations/answer.ts';
import { Failure } from '../swarm/failure.ts';

/** What a button would do isn't what its dialog said any more. Told with what it would do now, and a button for that. */
export class Moved extends Failure {
  override readonly name = 'Moved';
  readonly offer: Button;

  /** @param summary what would be done now: `scale web from 5 to 4` */
  constructor(summary: string, offer: Button) {
    super(
      'conflict',
      `This isn’t as it was shown any more, so nothing was done. Now it would be: ${summary}.`,
    );
    this.offer = offer;
  }
}
