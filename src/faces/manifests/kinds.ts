/** The catalogue of kinds: a list and nothing else. */
import { decisions } from './decisions.ts'
import type { Kind } from './kind.ts'
import { organizations } from './organizations.ts'

export const kinds: readonly Kind[] = [organizations, decisions]
