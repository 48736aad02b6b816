import { z } from 'zod';

/** `--format` of the docker CLI, without its Go templates: they would be a programming language in a chat. */
export const formatFlag = formatOf(['table', 'json']);

/** `--format` of commands that show everything of a thing. */
export const inspectFormatFlag = formatOf(['json']);

function formatOf<const Format extends string>(formats: readonly [Format, ...Format[]]) {
  const known = formats.join(' and ');
  return z.enum(formats, {
    error: ({ input }) =>
      `--format takes ${known} here, not "${String(input)}": Go templates are not supported.`,
  });
}
