/** What ids of Slack's are called. */
export interface Names {
  user(id: string): string;
  group(id: string): string;
  channel(id: string): string;
}
