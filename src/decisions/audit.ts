/** Audit rows: chained when the storage commits, so that the order of the chain is the order of the commits. */
import type { RegistryEvent } from '../registry/stores.ts'
import { type Chain, successorOf } from './chain.ts'
import type { AuditChain, AuditRow } from './decision-store.ts'

export interface AuditChainOptions {
  readonly chain: Chain
  readonly now: () => Date
  readonly newUid: () => string
}

/** Turns the events of one commit into rows; a commit that fails starts a new chain, since it may have held after all. */
export function createAuditChain(options: AuditChainOptions): AuditChain {
  let chain = options.chain
  return {
    chain(events) {
      let link = chain.head
      const rows: AuditRow[] = []
      for (const event of events) {
        const id = options.newUid()
        const at = options.now()
        const body = bodyOf(id, at, event)
        link = chain.next(link, body)
        rows.push({ id, organisation: event.organisation, at, event, body, link })
      }
      const last = link
      return {
        rows,
        settle(committed) {
          if (committed && last !== null) chain.advance(last)
          else if (!committed) chain = successorOf(chain, options.newUid())
        },
      }
    },
  }
}

function bodyOf(id: string, at: Date, event: RegistryEvent): string {
  return JSON.stringify({ id, at: at.toISOString(), ...event })
}
