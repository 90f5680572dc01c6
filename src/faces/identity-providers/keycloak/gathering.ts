/** What is gathered of one provider while its export is read. */
import type { Json } from '../../../json.ts'
import type { Note } from './members.ts'

type Path = Note['loc']

export interface Gathering {
  /** By our words. */
  readonly config: Map<string, Json>
  /** All of them must hold. */
  readonly conditions: string[]
  readonly domains: string[]
  readonly notes: Note[]
  /** Something is without a counterpart here. */
  note(path: Path, msg: string): void
  /** Something that kept people out is: nobody comes in until somebody has looked. */
  restrict(path: Path, msg: string): void
  isRestricted(): boolean
}

export function gathering(loc: Path): Gathering {
  const notes: Note[] = []
  let isRestricted = false
  const note = (path: Path, msg: string) => void notes.push({ loc: [...loc, ...path], msg })
  return {
    config: new Map(),
    conditions: [],
    domains: [],
    notes,
    note,
    restrict(path, msg) {
      isRestricted = true
      note(path, `${msg}: the provider comes disabled, so that nobody gets in who was kept out`)
    },
    isRestricted: () => isRestricted,
  }
}
