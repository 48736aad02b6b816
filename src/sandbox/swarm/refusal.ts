/** What an engine answers when it doesn't do what it is asked: a status, and `{"message": …}`. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const statuses = {
  InvalidArgument: 400,
  FailedPrecondition: 400,
  NotFound: 404,
  AlreadyExists: 409,
  Unknown: 500,
  Unimplemented: 501,
} as const;

/** What the managers refuse, as the engine passes it on. Source: moby, daemon/server/httpstatus. */
export function managerRefusal(code: keyof typeof statuses, description: string): Refusal {
  return new Refusal(statuses[code], `rpc error: code = ${code} desc = ${description}`);
}
