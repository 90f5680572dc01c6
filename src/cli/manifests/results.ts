/** What applying did, document by document: read from the answer, and told to people. */
import { at } from '../demo/api.ts'
import type { Paint } from '../terminal.ts'
import { causesOf } from './client.ts'
import { type Place, type PlacedDocument, placeText } from './documents.ts'
import { manifestFault } from './faults.ts'
import { printable, valueText } from './printable.ts'
import { faultText } from './run.ts'

export type Outcome = 'created' | 'configured' | 'unchanged' | 'failed'

export interface Result {
  readonly place: Place
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly result: Outcome
  readonly diff: readonly { readonly path: string; readonly from?: unknown; readonly to?: unknown }[]
  /** Of an App whose secret was made with it: the server shows it this once. */
  readonly status?: { readonly clientId: string; readonly clientSecret: string }
  /** As the server said it; only of what failed. */
  readonly error?: unknown
}

export interface Telling {
  readonly paint: Paint
  readonly dryRun: boolean
  /** Also the fields of what is new. */
  readonly withNew: boolean
  /** Whether a person reads it: what is printed elsewhere is kept and copied. */
  readonly isPrivate: boolean
}

const OUTCOMES: readonly string[] = ['created', 'configured', 'unchanged', 'failed']

/** The results in the order of their documents. Faults: cli.no_manifests (an answer of another form) */
export function resultsOf(answer: unknown, documents: readonly PlacedDocument[]): Result[] {
  const results = at(answer, 'results')
  if (!Array.isArray(results) || results.length !== documents.length) throw manifestFault('cli.no_manifests')
  return documents.map(({ place }, index) => resultOf(place, results[index]))
}

function resultOf(place: Place, read: unknown): Result {
  const { kind, namespace, name, result, diff, error, status } = Object(read)
  const { clientId, clientSecret } = Object(status)
  if (typeof result !== 'string' || !OUTCOMES.includes(result)) throw manifestFault('cli.no_manifests')
  const changes: unknown[] = Array.isArray(diff) ? diff : []
  return {
    place,
    kind: String(kind ?? ''),
    namespace: String(namespace ?? ''),
    name: String(name ?? ''),
    result: result as Outcome, // one of OUTCOMES
    diff: changes.map((change) => ({ ...Object(change), path: String(at(change, 'path')) })),
    ...(typeof clientSecret === 'string' ? { status: { clientId: String(clientId), clientSecret } } : {}),
    ...(error === undefined ? {} : { error }),
  }
}

/** One line per document, and below it what changes in it. */
export function resultsText(results: readonly Result[], telling: Telling): string {
  const isOne = new Set(results.map(({ namespace }) => namespace).filter((one) => one !== '')).size <= 1
  const isTakenBack = results.some(({ result }) => result === 'failed')
  return results.flatMap((result) => linesOf(result, isOne, { ...telling, isTakenBack })).join('\n')
}

interface Told extends Telling {
  /** One failed, so nothing was written: of the others the server says that they are as they were. */
  readonly isTakenBack: boolean
}

function linesOf(result: Result, isOneNamespace: boolean, told: Told): string[] {
  const { paint, dryRun, withNew, isTakenBack } = told
  const paints = { created: paint.green, configured: paint.yellow, unchanged: paint.dim, failed: paint.red }
  const word = isTakenBack && result.result === 'unchanged' ? 'not written' : result.result
  const where = isOneNamespace || result.namespace === '' ? '' : ` in ${printable(result.namespace)}`
  const line = `${nameText(result)} ${paints[result.result](word)}${where}${dryRun ? ' (dry run)' : ''}`
  if (result.status !== undefined) return [line, ...secretLines(result.status, told)]
  if (result.result !== 'configured' && !(withNew && result.result === 'created')) return [line]
  const fields = result.diff.map(
    ({ path, from, to }) => `    ${printable(path)}: ${paint.red(valueText(from))} -> ${paint.green(valueText(to))}`,
  )
  return [line, ...fields]
}

function secretLines(
  { clientId, clientSecret }: NonNullable<Result['status']>,
  { paint, isPrivate }: Telling,
): string[] {
  const secret = isPrivate
    ? `${printable(clientSecret)} ${paint.dim('(shown this once)')}`
    : 'shown on a terminal or with -o json, once; now apply it with a spec.clientSecret of your own'
  return [`    client id: ${printable(clientId)}`, `    client secret: ${secret}`]
}

/** `trust/deploy-payments`; a document without a name has none. */
function nameText({ kind, name }: Result): string {
  const shown = (text: string) => (text === '' ? '?' : printable(text))
  return `${shown(kind.toLowerCase())}/${shown(name)}`
}

/** What failed, each with the place where it is to be corrected. */
export function failuresText(results: readonly Result[]): string[] {
  const failed = results.filter(({ result }) => result === 'failed')
  return failed.map(({ place, error, ...named }) => {
    const message = at(error, 'message')
    const said = faultText({
      message: typeof message === 'string' ? message : 'The server does not say why.',
      fields: causesOf(error),
    })
    return `${placeText(place)}: ${nameText({ place, ...named })}: ${said}`
  })
}
