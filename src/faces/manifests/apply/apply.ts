/** Many documents at once, all or nothing. Source: CONTRACT.md section 3; Kubernetes, "server-side dry run". */
import type { Json } from '../../../json.ts'
import type { Registry } from '../../../registry/registry.ts'
import { type Refusal, refusalOf } from '../../face.ts'
import { type Kind, type KindAsk, stored } from '../kind.ts'
import type { Manifest } from '../manifest.ts'
import { toManifestPath, toStatus } from '../status.ts'
import { requireSeen } from '../writing.ts'
import { diffOf, type FieldChange } from './diff.ts'
import { askWanted, createStaging, NotAskedYet, stagedRegistry } from './staged-registry.ts'

/** A document that has a kind, a caller who may write it, and the kind's form; or the reason why not. */
export type Prepared = Judged | Refused

interface Judged {
  readonly kind: Kind
  readonly ask: KindAsk
  readonly document: Manifest
}

export interface Refused {
  readonly refusal: Refusal
  readonly kind: Kind | null
  /** The organisation it was meant for; empty where the kind has none. */
  readonly namespace: string
  readonly document: unknown
}

export type Outcome = 'created' | 'configured' | 'unchanged' | 'failed'

export interface Result {
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly result: Outcome
  readonly diff: readonly FieldChange[]
  readonly error?: object
  /** What lint says of the document as it would be stored; empty where it says nothing. */
  readonly lint?: Json
  /** Of what was made: what no later answer shows again, and whose it is. */
  readonly status?: { readonly clientId: string; readonly clientSecret: string }
}

type Tell = (refusal: Refusal, error: unknown) => void

/** One upstream may lead to another (a trust to its provider); documents do not nest deeper than this. */
const ROUNDS = 8

/**
 * Writes all documents in one transaction; a failed one leaves everything as it was. With `dryRun` nothing is written, but
 * everything is judged, and upstreams are asked. `tell` hears of every refusal, with what is kept from the caller.
 */
export async function applyAll(
  at: Registry,
  prepared: readonly Prepared[],
  dryRun: boolean,
  tell: Tell,
): Promise<Result[]> {
  const early = prepared.map((one) => ('refusal' in one ? failure(one, one.refusal) : null))
  const staging = createStaging()
  for (let round = 1; ; round++) {
    try {
      const results = await at.write(async (tx) => {
        const staged = stagedRegistry(at, tx, staging)
        const results = await runAll(staged, prepared, early, tell)
        if (staging.wanted.size > 0) throw new NotAskedYet()
        if (dryRun || results.some(isFailed)) throw new TakenBack(results)
        return results
      })
      for (const forget of staging.forgotten) forget()
      return results
    } catch (error) {
      if (error instanceof TakenBack)
        return (error.results.some(isFailed) ? error.results.map(undone) : [...error.results]).map(withoutSecret)
      if (!(error instanceof NotAskedYet) || round >= ROUNDS) throw error
      await askWanted(staging)
    }
  }
}

/** Ends a transaction that must leave nothing behind. */
class TakenBack extends Error {
  readonly results: readonly Result[]
  constructor(results: readonly Result[]) {
    super('taken back')
    this.results = results
  }
}

const isFailed = ({ result }: Result) => result === 'failed'

/** Nothing was written: of the others it is only said that they are as they were. */
function undone(result: Result): Result {
  return isFailed(result) ? result : { ...result, result: 'unchanged', diff: [] }
}

/** Of what was taken back: nobody's secret. */
function withoutSecret({ status: _, ...result }: Result): Result {
  return result
}

async function runAll(
  at: Registry,
  prepared: readonly Prepared[],
  early: readonly (Result | null)[],
  tell: Tell,
): Promise<Result[]> {
  const results: (Result | null)[] = [...early]
  let isBroken = false
  for (const index of inOrder(prepared)) {
    const one = prepared[index]
    if (one === undefined || 'refusal' in one) continue
    if (isBroken) {
      results[index] = untouched(one)
      continue
    }
    try {
      results[index] = await applyOne(at, one)
    } catch (error) {
      if (error instanceof NotAskedYet) {
        results[index] = untouched(one)
        continue
      }
      const refusal = refusalOf(error)
      if (refusal.fault.kind === 'internal' || refusal.fault.kind === 'unavailable') throw error
      tell(refusal, error)
      results[index] = failure(one, refusal)
      // The database itself said no: it answers nothing more in this transaction.
      isBroken = refusal.fault.cause !== undefined && refusal.fault.kind === 'conflict'
    }
  }
  return results.filter((result) => result !== null)
}

/** Owners before what they own. */
const ORDER = [
  'Organization',
  'WorkloadProvider',
  'WorkforceIdentityProvider',
  'StepUpProvider',
  'ServicePrincipal',
  'Trust',
]

function inOrder(prepared: readonly Prepared[]): number[] {
  const rank = (index: number) => {
    const kind = prepared[index]?.kind?.kind ?? ''
    return ORDER.includes(kind) ? ORDER.indexOf(kind) : ORDER.length
  }
  return prepared.map((_, index) => index).sort((a, b) => rank(a) - rank(b) || a - b)
}

async function applyOne(at: Registry, one: Judged): Promise<Result> {
  const { kind, ask, document } = one
  const { write } = kind
  if (write === undefined) throw new TypeError('prepared documents are writable')
  const name = document.metadata.name ?? ''
  const before = await stored(write, at, ask, name)
  requireSeen(before, document)
  const after = before === null ? await write.create(at, ask, document) : await write.replace(at, ask, name, document)
  const diff = diffOf(before, after)
  const isSame = before !== null && before.metadata.resourceVersion === after.metadata.resourceVersion
  const result = before === null ? 'created' : isSame ? 'unchanged' : 'configured'
  const lint = after.status?.lint ?? []
  return { ...nameOf(one), result, diff: result === 'unchanged' ? [] : diff, lint, ...secretOf(after) }
}

/** Only the answer that makes something has its secret. */
function secretOf({ status }: Manifest): Pick<Result, 'status'> {
  const { clientId, clientSecret } = Object(status)
  if (typeof clientId !== 'string' || typeof clientSecret !== 'string') return {}
  return { status: { clientId, clientSecret } }
}

function untouched(one: Prepared): Result {
  return { ...nameOf(one), result: 'unchanged', diff: [] }
}

function nameOf(one: Prepared) {
  const { kind: named, metadata } = Object(one.document)
  const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, 253) : '')
  return { kind: one.kind?.kind ?? text(named), namespace: namespaceOf(one), name: text(Object(metadata).name) }
}

function namespaceOf(one: Prepared): string {
  if ('refusal' in one) return one.namespace.slice(0, 253)
  return one.kind.namespaced ? one.ask.caller.organisation : ''
}

function failure(one: Prepared, refusal: Refusal): Result {
  const placeOf = (path: string) => toManifestPath(path, one.kind?.words)
  const { message, reason, details } = Object(toStatus(refusal, placeOf).body)
  return { ...nameOf(one), result: 'failed', diff: [], error: { message, reason, causes: details.causes } }
}
