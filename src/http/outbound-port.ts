/** What the rest of the house sees of the guarded outbound fetch: one request, within limits, to a checked address. */

export interface OutboundRequest {
  readonly url: string
  /** Default GET. */
  readonly method?: 'GET' | 'POST'
  /** Lower-case names; `host`, `connection` and `user-agent` are the door's own. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  /** Bytes; the answer is cut off and refused beyond it. Default 1 MiB. */
  readonly maxBytes?: number
  /** Total, connect to last byte. Default 5 000. */
  readonly timeoutMs?: number
  readonly accept?: string
  /** PEM of extra authorities for this request only (a provider's own CA). */
  readonly caPem?: string
  /** True: may go over a connection that such a request left, and leaves its own, for two seconds. Default false. */
  readonly reuse?: boolean
  /** True lets plain http through at an address the operator has allowed; false (default) is https only. */
  readonly allowPlainHttp?: boolean
}

export interface OutboundAnswer {
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/**
 * Never follows redirects, never resolves a name twice, never connects to a private, loopback or otherwise special
 * address unless the operator allowed it. Every failure is one fault with one sentence: a caller cannot tell a refused
 * address from a closed port. Faults: outbound.failed
 */
export type OutboundFetch = (request: OutboundRequest) => Promise<OutboundAnswer>
