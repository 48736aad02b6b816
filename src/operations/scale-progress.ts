import type { Answer, Part } from './answer.ts';
import { followParts } from './follow-parts.ts';
import type { FollowProgress } from './follow-service.ts';
import type { PlannedScale } from './plan-scale.ts';
import { warningParts } from './warning-parts.ts';

/** How far the scales are that are followed. */
export function scaleProgress(
  followed: readonly { readonly scale: PlannedScale; readonly progress: FollowProgress | undefined }[],
): Answer {
  return followed.flatMap(({ scale, progress }): Answer => {
    const heading: Part = {
      kind: 'heading',
      text: `Scaling ${scale.name} from ${scale.before} to ${scale.after}`,
    };
    return [heading, ...followParts(progress), ...warningParts(scale.warnings)];
  });
}
