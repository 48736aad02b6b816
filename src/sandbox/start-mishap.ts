import { asObject, asText } from './slack/json.ts';

const portReasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'something else listens there',
  EACCES: 'that takes a privilege',
};

const folderReasons: Readonly<Record<string, string>> = {
  EEXIST: 'there is a file in its way',
  ENOTDIR: 'there is a file in its way',
  EACCES: "it can't be written",
  EROFS: "it can't be written",
};

/** What an error of the system, at the start, means for whoever chose the options, as a sentence; null for any other error. */
export function startMishap(error: unknown): string | null {
  const { code, syscall, port, path } = asObject(error) ?? {};
  const given = asText(code) ?? '';
  const portReason = syscall === 'listen' ? portReasons[given] : undefined;
  if (portReason !== undefined)
    return `The page can't be served on port ${Number(port)}: ${portReason}. Name another with --port.`;
  const folderReason = syscall === 'mkdir' || syscall === 'open' ? folderReasons[given] : undefined;
  if (folderReason !== undefined)
    return `The bot's state can't be kept at ${asText(path)}: ${folderReason}. Name a folder with --data.`;
  return null;
}
