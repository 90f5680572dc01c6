/** A refusal as an error, for callers who would rather catch than compare. */

export class EntenteRefusal extends Error {
  override readonly name = 'EntenteRefusal'
  readonly status: number
  /** In the face's own words; a text where it was no JSON. */
  readonly body: unknown
  /** `entente explain` tells why; null where nothing was decided. */
  readonly decision: string | null

  constructor(response: Response, body: unknown) {
    const { pathname } = new URL(response.url)
    super(`${pathname} answered ${response.status}`)
    this.status = response.status
    this.body = body
    this.decision = response.headers.get('entente-decision')
  }
}
