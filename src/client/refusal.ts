/** A refusal as an error, for callers who would rather catch than compare. */

export class EntenteRefusal extends Error {
  override readonly name = 'EntenteRefusal'
  readonly status: number
  /** In the face's own words; a text where it was no JSON. */
  readonly body: unknown
  /** `entente explain` tells why; null where nothing was decided. */
  readonly decision: string | null

  constructor(response: Response, body: unknown) {
    // Answers of a `fetch` that is not the platform's may have no address.
    const who = URL.canParse(response.url) ? new URL(response.url).pathname : 'Entente'
    super(`${who} answered ${response.status}`)
    this.status = response.status
    this.body = body
    this.decision = response.headers.get('entente-decision')
  }
}

/** The data of an answer. Faults: EntenteRefusal with the status, the body and the decision's id. */
export async function dataOf<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call
  if (response.ok) {
    // Of a 204 there is none, and its type says so.
    return data as T
  }
  throw new EntenteRefusal(response, error)
}
