/** Sends tokens to one server at a steady pace, and keeps what came back apart by who was asked for. */
import { Agent, request } from 'undici'

export interface Shot {
  readonly token: string
  readonly clientId: string
  /** Said to the server by a proxy that it trusts. */
  readonly address: string
}

export interface Tally {
  granted: number
  /** Status → how often. */
  readonly refused: Map<number, number>
  /** Of every answer. Units: milliseconds. */
  readonly ms: number[]
}

export function emptyTally(): Tally {
  return { granted: 0, refused: new Map(), ms: [] }
}

export interface Gun {
  /** One request, counted in the tally. */
  fire(shot: Shot, tally: Tally): Promise<void>
  close(): Promise<void>
}

export function createGun(serverUrl: string, connections = 256): Gun {
  const dispatcher = new Agent({ connections, headersTimeout: 30_000 })
  return {
    async fire({ token, clientId, address }, tally) {
      const since = performance.now()
      const answer = await request(`${serverUrl}/oauth2/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': address },
        body: new URLSearchParams({
          grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
          subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
          subject_token: token,
          client_id: clientId,
        }).toString(),
        dispatcher,
      })
      await answer.body.dump()
      tally.ms.push(performance.now() - since)
      if (answer.statusCode === 200) tally.granted += 1
      else tally.refused.set(answer.statusCode, (tally.refused.get(answer.statusCode) ?? 0) + 1)
    },
    close: () => dispatcher.close(),
  }
}

/** Does the work again and again, so far apart, until the time is over and the last has ended. */
export async function every(ms: number, duringMs: number, work: () => Promise<void>): Promise<void> {
  const until = performance.now() + duringMs
  const running: Promise<void>[] = []
  while (performance.now() < until) {
    running.push(work())
    await sleep(ms)
  }
  await Promise.all(running)
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** The value that so large a part of them is no larger than; 0 of none. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
}

export function toldOf({ granted, refused, ms }: Tally): string {
  const count = [...refused.values()].reduce((sum, one) => sum + one, 0)
  return `${granted} granted, ${count} refused, p50 ${Math.round(quantile(ms, 0.5))} ms, p99 ${Math.round(quantile(ms, 0.99))} ms`
}
