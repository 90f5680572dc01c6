/** What is to be deleted, in an order that works. */
import type { FieldFault } from '../../fault.ts'
import { at } from '../demo/api.ts'
import { type PlacedDocument, placeText } from './documents.ts'
import { manifestFault } from './faults.ts'
import { type KindEntry, kindTable } from './kinds.ts'
import { printable } from './printable.ts'

export interface Target {
  readonly entry: KindEntry
  readonly namespace: string
  readonly name: string
}

/**
 * The objects that documents name: what is owned before its owners, else the last one first. All that is wrong with the
 * documents is reported at once.
 *
 * Faults: cli.documents_unreadable
 */
export function targetsOf(documents: readonly PlacedDocument[], fallback: string): Target[] {
  const faults: FieldFault[] = []
  const targets = documents.flatMap(({ place, value }): Target[] => {
    const refuse = (message: string) => {
      faults.push({ path: placeText(place), code: 'cli.documents_unreadable', message })
      return []
    }
    const name = at(value, 'metadata', 'name')
    const namespace = at(value, 'metadata', 'namespace')
    const entry = kindTable.find(({ kind }) => kind === at(value, 'kind'))
    // Other systems have kinds of the same names.
    if (at(value, 'apiVersion') !== 'entente.dev/v1') return refuse('apiVersion must be entente.dev/v1')
    if (entry === undefined) return refuse('kind must be one of those that entente get --help lists')
    if (typeof name !== 'string' || name === '') return refuse('metadata.name is required')
    return [{ entry, name, namespace: typeof namespace === 'string' && namespace !== '' ? namespace : fallback }]
  })
  if (faults.length > 0) throw manifestFault('cli.documents_unreadable', { fields: faults })
  const rank = ({ entry }: Target) => kindTable.indexOf(entry)
  // Two files may name the same object.
  const once = new Map(targets.map((target) => [targetText(target), target]))
  return [...once.values()].reverse().sort((a, b) => rank(b) - rank(a))
}

/** `trust/deploy in acme`. */
export function targetText({ entry, namespace, name }: Target): string {
  return printable(`${entry.kind.toLowerCase()}/${name}${entry.namespaced ? ` in ${namespace}` : ''}`)
}
