/**
 * What every protocol that verifies tokens must do, whatever its tokens look like. A protocol gets these tests by having
 * a bench in conformance.test.ts, and cannot verify tokens without one.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLadder, Refused } from '../decisions/ladder.ts'
import type { JsonObject } from '../json.ts'
import type { Protocol, TokenToVerify, VerifiedToken } from '../registry/protocol.ts'

/** Ways in which a token can differ from the good one. */
export type Flaw =
  | 'wrong issuer'
  | 'wrong audience'
  | 'expired'
  | 'not yet valid'
  | 'bad signature'
  | 'unknown key'
  | 'oversized'
  | 'malformed'

/** One protocol with an upstream of its own, and tokens of that upstream. */
export interface Bench {
  readonly protocol: Protocol
  /** A good token, or one with one flaw. */
  mint(flaw?: Flaw): string
  /** The question a plane would ask about it. */
  ask(token: string): TokenToVerify
  /** How often the upstream was asked. */
  fetches(): number
  /** From now on the upstream does not answer. */
  goDown(): void
  /** The upstream signs with another key from now on, and publishes it. */
  rotate(): void
  /** Settings that parse, and one that holds what must not be shown. */
  readonly settings: JsonObject
  readonly secret: { readonly settings: JsonObject; readonly text: string }
}

/** No token is waited for longer. Source: CONTRACT.md section 5. */
const WAIT_MS = 5_000

const RUNGS = ['token', 'issuer', 'key', 'signature', 'audience', 'time', 'subject']

const REFUSALS: readonly [Flaw, string, string][] = [
  ['malformed', 'token', 'token.malformed'],
  ['oversized', 'token', 'token.malformed'],
  ['wrong issuer', 'issuer', 'issuer.mismatch'],
  ['unknown key', 'key', 'key.unknown'],
  ['bad signature', 'signature', 'signature.invalid'],
  ['wrong audience', 'audience', 'audience.mismatch'],
  ['expired', 'time', 'token.expired'],
  ['not yet valid', 'time', 'token.not_yet_valid'],
]

export function describeProtocol(name: string, open: () => Bench): void {
  describe(`protocol ${name}`, () => {
    let bench: Bench

    beforeEach(() => {
      vi.useFakeTimers()
      bench = open()
    })
    afterEach(() => void vi.useRealTimers())

    async function climb(token: string, mode: 'strict' | 'lenient') {
      const ladder = createLadder(mode)
      let verified: VerifiedToken | null | undefined = null
      try {
        const judged = Promise.resolve(bench.protocol.verifyToken?.(bench.ask(token), ladder))
        judged.catch(() => {}) // it may be refused while the clock is turned on
        await vi.advanceTimersByTimeAsync(WAIT_MS)
        verified = await judged
      } catch (error) {
        if (!(error instanceof Refused)) throw error
      }
      return { ladder, verified }
    }

    it('accepts a good token and climbs every rung in order', async () => {
      const { ladder, verified } = await climb(bench.mint(), 'strict')
      expect(verified?.subject).not.toBe('')
      expect(verified?.expiresAt).toBeInstanceOf(Date)
      expect(ladder.rungs.map((rung) => rung.name)).toEqual(RUNGS)
      expect(ladder.failure).toBeNull()
    })

    it('is synchronous once the keys are at hand', async () => {
      await climb(bench.mint(), 'strict')
      const before = bench.fetches()
      expect(bench.protocol.verifyToken?.(bench.ask(bench.mint()), createLadder('strict'))).not.toBeInstanceOf(Promise)
      expect(bench.fetches()).toBe(before)
    })

    it.each(REFUSALS)('refuses a token that is %s at %s with %s', async (flaw, rung, code) => {
      const { ladder, verified } = await climb(bench.mint(flaw), 'strict')
      expect(verified).toBeNull()
      expect(ladder.failure).toEqual({ rung, code })
    })

    it.each(REFUSALS)('never believes a token that is %s, on a lenient ladder either', async (flaw, rung, code) => {
      const { ladder, verified } = await climb(bench.mint(flaw), 'lenient')
      expect(verified).toBeNull()
      expect(ladder.failure).toEqual({ rung, code })
      expect([...new Set(ladder.rungs.map((one) => one.name))]).toEqual(RUNGS)
    })

    it.each(REFUSALS)('shows nothing of the signature of a token that is %s', async (flaw) => {
      const token = bench.mint(flaw)
      const told = JSON.stringify((await climb(token, 'lenient')).ladder.rungs)
      const signature = token.slice(token.lastIndexOf('.') + 1)
      if (signature.length > 20) expect(told).not.toContain(signature)
      expect(told).not.toContain(token)
    })

    it('asks nobody about a token of another issuer, nor about a malformed one', async () => {
      for (const flaw of ['wrong issuer', 'malformed', 'oversized'] as const) await climb(bench.mint(flaw), 'strict')
      expect(bench.fetches()).toBe(0)
    })

    it('finds the new key at once when the upstream rotates', async () => {
      await climb(bench.mint(), 'strict')
      bench.rotate()
      expect((await climb(bench.mint(), 'strict')).ladder.failure).toBeNull()
    })

    it('keeps serving known keys while the upstream is down, and says so of others', async () => {
      await climb(bench.mint(), 'strict')
      bench.goDown()
      expect((await climb(bench.mint(), 'strict')).ladder.failure).toBeNull()
      expect((await climb(bench.mint('unknown key'), 'strict')).ladder.failure?.code).toBe('key.unavailable')
    })

    it('says that keys are unavailable when none were ever had', async () => {
      bench.goDown()
      expect((await climb(bench.mint(), 'strict')).ladder.failure).toEqual({ rung: 'key', code: 'key.unavailable' })
    })

    it('forgets keys when told so', async () => {
      await climb(bench.mint(), 'strict')
      bench.protocol.forget?.(bench.ask('').provider.uid)
      bench.goDown()
      expect((await climb(bench.mint(), 'strict')).ladder.failure?.code).toBe('key.unavailable')
    })

    it('keeps its settings as given, and shows nothing secret of bad ones', () => {
      expect(bench.protocol.parseSettings('workload', bench.settings)).toEqual({ settings: bench.settings, faults: [] })
      const { faults } = bench.protocol.parseSettings('workload', bench.secret.settings)
      expect(faults.length).toBeGreaterThan(0)
      expect(JSON.stringify(faults)).not.toContain(bench.secret.text)
      for (const { path } of faults) expect(path).toMatch(new RegExp(`^${bench.protocol.name}\\.`))
    })

    it('stores no setting under the name of a secret', () => {
      const given = Object.fromEntries(bench.protocol.secretFields.map((field) => [field, 'x']))
      const { faults } = bench.protocol.parseSettings('workload', given)
      expect(faults.map(({ path }) => path)).toEqual(
        expect.arrayContaining(bench.protocol.secretFields.map((field) => `${bench.protocol.name}.${field}`)),
      )
    })
  })
}
