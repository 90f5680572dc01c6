/**
 * Records decisions, many to a commit: what arrives while one commit runs goes into the next. `record` answers when the
 * row is durable, so a token whose decision was lost is never handed out.
 */
import { type Chain, successorOf } from './chain.ts'
import type { Decision, Link, Rung } from './decision.ts'
import type { DecisionRow, DecisionStore } from './decision-store.ts'
import { decisionFault } from './faults.ts'

export interface Recorder {
  /** Faults: decision.unrecorded */
  record(decision: Decision): Promise<void>
  /** Resolves when nothing is waiting any more. For a graceful stop. */
  drain(): Promise<void>
}

export interface RecorderOptions {
  readonly store: DecisionStore
  readonly chain: Chain
  readonly newUid: () => string
  readonly onError: (error: unknown) => void
}

interface Waiting {
  readonly decision: Decision
  readonly resolve: () => void
  readonly reject: (fault: Error) => void
}

/** Rows in one commit: bounds the time that one of them can wait for the others. */
const BATCH_ROWS = 256
/** A commit of this many says that requests come close together. */
const CROWD = 8
/** Waiting decisions beyond which new ones are refused at once: a database that hangs must not fill the memory. */
const WAITING_ROWS = 10_000

export function createRecorder(options: RecorderOptions): Recorder {
  const { store, onError } = options
  let chain = options.chain
  let waiting: Waiting[] = []
  let running: Promise<void> | null = null
  let lastBatch = 0

  const flush = async () => {
    while (waiting.length > 0) {
      const batch = waiting.length <= BATCH_ROWS ? waiting : waiting.slice(0, BATCH_ROWS)
      waiting = waiting.length <= BATCH_ROWS ? [] : waiting.slice(BATCH_ROWS)
      lastBatch = batch.length
      try {
        const rows = link(chain, batch)
        await store.append(rows)
        const last = rows.at(-1)
        if (last !== undefined) chain.advance(last.link)
        for (const item of batch) item.resolve()
      } catch (error) {
        onError(error)
        // The append may have held after all, so its numbers are not used again.
        chain = successorOf(chain, options.newUid())
        const fault = decisionFault('decision.unrecorded', { cause: error })
        for (const item of batch) item.reject(fault)
      }
    }
    running = null
  }

  return {
    record(decision) {
      return new Promise<void>((resolve, reject) => {
        if (waiting.length >= WAITING_ROWS) {
          reject(decisionFault('decision.unrecorded'))
          return
        }
        waiting.push({ decision, resolve, reject })
        // After the requests of this turn of the event loop: they share the commit. Under load, those of the next turn too:
        // a commit costs the same for one row and for thirty.
        running ??= new Promise((settled) => {
          const start = () => settled(flush())
          setImmediate(lastBatch < CROWD ? start : () => setImmediate(start))
        })
      })
    },
    async drain() {
      while (running !== null) await running
    },
  }
}

function link(chain: Chain, batch: readonly Waiting[]): DecisionRow[] {
  let link: Link | null = chain.head
  const rows: DecisionRow[] = []
  for (const { decision } of batch) {
    const body = bodyOf(decision)
    link = chain.next(link, body)
    rows.push({ decision, body, link })
  }
  return rows
}

/**
 * The text that is stored and hashed: JSON of the decision. Most rungs passed with nothing to show: their names are enough.
 * Put together by hand, because it is written for every token and a copy for JSON.stringify would cost more than the rest.
 */
export function bodyOf({
  id,
  organisation,
  plane,
  outcome,
  code,
  provider,
  trust,
  at,
  rungs,
  address,
  issued,
  conditionParts,
  nearestTrusts,
  tested,
}: Decision): string {
  const texts = rungs.map((rung) => (isBare(rung) ? quoted(rung.name) : JSON.stringify(rung)))
  return (
    `{"id":${quoted(id)},"organisation":${quoted(organisation)},"plane":"${plane}","outcome":"${outcome}","code":${quoted(code)},` +
    `"provider":${quoted(provider)},"trust":${quoted(trust)},"at":"${at.toISOString()}","rungs":[${texts.join()}],` +
    `"address":${quoted(address)},"issued":${issued === null ? 'null' : JSON.stringify(issued)}` +
    (conditionParts === undefined ? '' : `,"conditionParts":${JSON.stringify(conditionParts)}`) +
    (nearestTrusts === undefined ? '' : `,"nearestTrusts":${JSON.stringify(nearestTrusts)}`) +
    (tested === undefined ? '}' : `,"tested":${JSON.stringify(tested)}}`)
  )
}

function isBare({ outcome, code, expected, actual }: Rung): boolean {
  return outcome === 'passed' && code === undefined && expected === undefined && actual === undefined
}

function quoted(text: string | null): string {
  if (text === null) return 'null'
  return /^[\w.:@/ -]*$/.test(text) ? `"${text}"` : JSON.stringify(text)
}
