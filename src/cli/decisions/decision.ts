/** A decision as the manifests show it, read from JSON that somebody else's version may have made. */
import { at } from '../demo/api.ts'

export interface ShownRung {
  readonly name: string
  readonly outcome: string
  readonly code: string | null
  readonly expected: string | null
  readonly actual: string | null
}

export interface ShownPart {
  readonly text: string
  readonly value: string
  readonly differs: boolean
  readonly reads: readonly { readonly text: string; readonly value: string }[]
}

export interface ShownTrust {
  readonly trust: string
  /** Of the Trust, where it is another one than `trust`. */
  readonly trustName: string | null
  readonly verdict: string
  readonly hindrance: string | null
  readonly parts: readonly ShownPart[]
}

export interface ShownTested {
  readonly claims: Readonly<Record<string, unknown>> | null
  readonly mapped: Readonly<Record<string, unknown>> | null
  readonly mappers: readonly { readonly name: string; readonly did: string; readonly detail: string }[]
  /** What is known of them, label by label. */
  readonly person: { readonly how: string; readonly facts: readonly (readonly [string, string])[] } | null
}

export interface ShownDecision {
  readonly id: string
  readonly organisation: string
  /** RFC 3339. */
  readonly madeAt: string
  readonly plane: string
  readonly outcome: string
  readonly code: string
  readonly provider: string | null
  readonly trust: string | null
  /** Of the Trust, where it is another one than `trust`. */
  readonly trustName: string | null
  readonly address: string | null
  readonly rungs: readonly ShownRung[]
  readonly conditionParts: readonly ShownPart[]
  readonly nearestTrusts: readonly ShownTrust[]
  /** Null where it is no test sign-in. */
  readonly tested: ShownTested | null
  readonly issued: { readonly sub: string; readonly scope: string | null; readonly expiresAt: string } | null
}

/** Null for what is no decision. */
export function readDecision(document: unknown): ShownDecision | null {
  if (at(document, 'kind') !== 'Decision') return null
  const spec = at(document, 'spec')
  const issued = at(spec, 'issued')
  return {
    id: text(document, 'metadata', 'name') ?? '',
    organisation: text(document, 'metadata', 'namespace') ?? '',
    madeAt: text(document, 'metadata', 'creationTimestamp') ?? '',
    plane: text(spec, 'plane') ?? '?',
    outcome: text(spec, 'outcome') ?? '?',
    code: text(spec, 'code') ?? '?',
    provider: text(spec, 'provider'),
    trust: text(spec, 'trust'),
    trustName: text(spec, 'trustName'),
    address: text(spec, 'address'),
    rungs: list(at(spec, 'rungs')).map(rungOf),
    conditionParts: list(at(spec, 'conditionParts')).map(partOf),
    nearestTrusts: list(at(spec, 'nearestTrusts')).map(trustOf),
    tested: testedOf(spec),
    issued:
      issued === undefined
        ? null
        : {
            sub: text(issued, 'sub') ?? '?',
            scope: text(issued, 'scope'),
            expiresAt: text(issued, 'expiresAt') ?? '?',
          },
  }
}

function testedOf(spec: unknown): ShownTested | null {
  const [mappers, person] = [at(spec, 'mappers'), at(spec, 'person')]
  if (!Array.isArray(mappers)) return null
  const facts = ['name', 'displayName', 'email', 'username', 'groups', 'roleIds'].flatMap(
    (name): [string, string][] => {
      const value = at(person, name)
      const shown = Array.isArray(value) ? value.join(', ') : value
      return typeof shown === 'string' && shown !== '' ? [[name, shown]] : []
    },
  )
  return {
    claims: members(at(spec, 'claims')),
    mapped: members(at(spec, 'mapped')),
    mappers: mappers.map((one) => ({
      name: text(one, 'name') ?? '?',
      did: text(one, 'did') ?? '?',
      detail: text(one, 'detail') ?? '',
    })),
    person: person === undefined ? null : { how: text(person, 'how') ?? '?', facts },
  }
}

function members(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null ? { ...value } : null
}

function rungOf(rung: unknown): ShownRung {
  return {
    name: text(rung, 'name') ?? '?',
    outcome: text(rung, 'outcome') ?? '?',
    code: text(rung, 'code'),
    expected: text(rung, 'expected'),
    actual: text(rung, 'actual'),
  }
}

function trustOf(trust: unknown): ShownTrust {
  return {
    trust: text(trust, 'trust') ?? '?',
    trustName: text(trust, 'trustName'),
    verdict: text(trust, 'verdict') ?? '?',
    hindrance: text(trust, 'hindrance'),
    parts: list(at(trust, 'parts')).map(partOf),
  }
}

function partOf(part: unknown): ShownPart {
  return {
    text: text(part, 'text') ?? '?',
    value: text(part, 'value') ?? '?',
    differs: at(part, 'differs') === true,
    reads: list(at(part, 'reads')).map((read) => ({
      text: text(read, 'text') ?? '?',
      value: text(read, 'value') ?? '?',
    })),
  }
}

function text(value: unknown, ...path: readonly string[]): string | null {
  const found = at(value, ...path)
  return typeof found === 'string' ? found : null
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
